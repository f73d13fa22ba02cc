package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Values;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds references without target from the counts of the index (RFC 7950 §9.9, §15.5). Only when no stored target has what
 * some demand are these looked for, in the changes first, then in the whole tree; and only then a default in use that holds
 * them, once for all with the same signature.
 */
final class DanglingReferences {
    /** Visits that each signature adds to the budget. */
    private static final long VISITS_EACH = 64;

    private final SchemaConstraints constraints;
    private final ConstraintIndex index;
    private final ConstraintIndex delta;
    private final TreeNode after;
    private final List<Change> changes;
    private final ErrorList errors;

    private final Set<Long> dangling = new HashSet<>();
    private final Set<Long> found = new HashSet<>();
    private final Map<Long, List<Source>> perhapsByDefault = new HashMap<>();

    private record Source(Reference reference, DataPath path, Object value) {}

    DanglingReferences(
            SchemaConstraints constraints,
            ConstraintIndex index,
            ConstraintIndex delta,
            TreeNode after,
            List<Change> changes,
            ErrorList errors) {
        this.constraints = constraints;
        this.index = index;
        this.delta = delta;
        this.after = after;
        this.changes = changes;
        this.errors = errors;
    }

    void find() throws YangException {
        delta.references().forEach((hash, count) -> suspect(hash, count > 0));
        delta.targets().forEach((hash, count) -> suspect(hash, count < 0));
        if (constraints.hasDefaultTargets()) {
            defaults();
        }
        if (dangling.isEmpty()) {
            return;
        }
        for (var change : changes) {
            if (change.after() != null) {
                Instances.below(change.path(), change.after(), constraints::indexed, this::source);
            }
        }
        if (!found.containsAll(dangling)) {
            Instances.below(DataPath.root(after.schema()), after, constraints::indexed, this::source);
        }
        var budget = new XPathBudget(XPathBudget.DEFAULT + VISITS_EACH * perhapsByDefault.size());
        for (var sources : perhapsByDefault.values()) {
            var one = sources.getFirst();
            var node = XPathNode.find(after, one.path()).orElseThrow();
            if (!References.leads(List.of(one.reference().type()), node, budget)) {
                sources.forEach(this::report);
            }
        }
    }

    private void suspect(long signature, boolean changed) {
        if (changed
                && index.targets().get(signature) + delta.targets().get(signature) <= 0
                && index.references().get(signature) + delta.references().get(signature) > 0) {
            dangling.add(signature);
        }
    }

    /** References to the values of defaults that may be in use no more. */
    private void defaults() {
        var anywhere = new HashSet<Reference>();
        for (var change : changes) {
            defaults(change.path(), change.before(), anywhere);
            defaults(change.path(), change.after(), anywhere);
        }
        for (var reference : anywhere) {
            var root = DataPath.root(after.schema());
            Instances.of(root, after, Instances.way(after.schema(), reference.source()), (at, node) -> {
                if (node instanceof LeafNode leaf && reference.mayLeadToDefault(leaf.value())) {
                    suspect(reference.ofSource(index.hash(), after, at, leaf.value()), true);
                }
            });
        }
    }

    /** @param anywhere gets those of which the place of a change does not say which signatures they have */
    private void defaults(DataPath path, @Nullable DataNode node, Set<Reference> anywhere) {
        if (node == null) {
            return;
        }
        Instances.below(path, node, constraints::reached, (at, instance) -> {
            for (var reference : constraints.heldByDefault(instance.schema())) {
                if (Instances.isWithin(at, reference.anchor())) {
                    for (var value : reference.target().defaults()) {
                        suspect(reference.ofTarget(index.hash(), at, value), true);
                    }
                } else {
                    anywhere.add(reference);
                }
            }
        });
    }

    private void source(DataPath path, DataNode node) {
        if (!(node instanceof LeafNode leaf) || errors.isFull()) {
            return;
        }
        for (var reference : constraints.from(leaf.schema())) {
            if (reference.optionalFor(leaf.value())) {
                continue;
            }
            var signature = reference.ofSource(index.hash(), after, path, leaf.value());
            if (!dangling.contains(signature)) {
                continue;
            }
            found.add(signature);
            var source = new Source(reference, path, leaf.value());
            if (!reference.mayLeadToDefault(leaf.value())) {
                report(source);
                continue;
            }
            var sources = perhapsByDefault.computeIfAbsent(signature, _ -> new ArrayList<>(1));
            if (sources.size() < ErrorList.MOST) {
                sources.add(source);
            }
        }
    }

    private void report(Source source) {
        var path = source.path();
        errors.add(YangError.of(
                        Failure.DATA_MISSING,
                        path,
                        path + ": refers to '" + Values.text(source.value()) + "', which is no "
                                + source.reference().expected(after, path) + " that exists")
                .withAppTag("instance-required"));
    }
}
