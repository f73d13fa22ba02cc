package io.auspex.datastore;

import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathReach;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What decides whether nodes that are there by themselves are in use: what their conditions depend on, and what stands in the
 * cases of their choices (RFC 7950 §7.6.1, §7.9.3, §7.21.5).
 */
final class Deciders {
    private final Set<SchemaNode> given;
    private final Set<SchemaNode> found = new HashSet<>();
    private final ArrayDeque<SchemaNode> open = new ArrayDeque<>();

    private Deciders(Set<SchemaNode> given) {
        this.given = given;
    }

    /**
     * Some nodes with all that decides about them.
     *
     * @param given nodes that are there in any case, about which nothing decides
     */
    static Set<SchemaNode> with(Collection<SchemaNode> nodes, Set<SchemaNode> given) {
        var deciders = new Deciders(given);
        nodes.forEach(deciders::add);
        while (!deciders.open.isEmpty()) {
            var node = deciders.open.remove();
            node.whens().forEach(w -> XPathReach.of(w, node).forEach(deciders::add));
            for (var at = node.inCase(); at.isPresent(); at = at.get().choice().enclosing()) {
                deciders.members(at.get().choice());
            }
        }
        return deciders.found;
    }

    private void members(Choice choice) {
        for (ChoiceCase each : choice.cases()) {
            each.members().forEach(this::add);
            each.nested().forEach(this::members);
        }
    }

    private void add(SchemaNode node) {
        if (found.add(node) && Instances.isImplied(node) && !given.contains(node)) {
            open.add(node);
        }
    }
}
