package io.auspex.datastore;

import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.Must;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.When;
import io.auspex.yang.xpath.XPathReach;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A must, a when, or a leafref that has to be evaluated, of configuration, with the schema nodes that it depends on (RFC 7950
 * §7.5.3, §7.21.5, §9.9).
 */
sealed interface Condition {
    /** The node that has the constraint. */
    SchemaNode owner();

    /** What its value depends on. */
    Set<SchemaNode> reach();

    record OfMust(SchemaNode owner, Must must, Set<SchemaNode> reach) implements Condition {
        static OfMust of(SchemaNode owner, Must must) {
            return new OfMust(owner, must, XPathReach.of(must, owner));
        }
    }

    record OfWhen(SchemaNode owner, When when, Set<SchemaNode> reach) implements Condition {
        static OfWhen of(SchemaNode owner, When when) {
            return new OfWhen(owner, when, XPathReach.of(when, owner));
        }
    }

    /**
     * A leaf whose value refers to another node by a path that no {@link Reference} can hold, or by one of several.
     *
     * @param types the leafrefs of which one has to lead somewhere
     */
    record OfReference(SchemaNode owner, List<LeafrefType> types, Set<SchemaNode> reach) implements Condition {
        static OfReference of(SchemaNode owner, List<LeafrefType> types) {
            var reach = new HashSet<SchemaNode>();
            types.forEach(t -> reach.addAll(XPathReach.of(t, owner)));
            return new OfReference(owner, types, reach);
        }
    }

    /** The lowest node above both the owner and a node that its value depends on. */
    static SchemaNode apex(SchemaNode owner, SchemaNode reached) {
        for (var at = owner; ; at = at.parent().orElseThrow()) {
            for (var other = reached; ; other = other.parent().get()) {
                if (other == at) {
                    return at;
                }
                if (other.parent().isEmpty()) {
                    break;
                }
            }
        }
    }
}
