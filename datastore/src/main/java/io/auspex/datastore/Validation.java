package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Validates running before a commit (RFC 7950 §8.3.3) by looking at what the commit changed and at what that can break; its
 * cost does not grow with the datastore. Used by the writer alone.
 */
final class Validation {
    private final SchemaConstraints constraints;
    private final ConstraintIndex index;

    /**
     * What a commit may become.
     *
     * @param after the root, without what a when condition does not allow any more
     * @param changes from the root before to that one
     * @param delta what it does to the index, once it is made
     */
    record Verdict(TreeNode after, List<Change> changes, ConstraintIndex delta) {}

    /** Takes up a root that is valid already. */
    Validation(ModelContext model, TreeNode root) {
        constraints = new SchemaConstraints(model);
        index = new ConstraintIndex(constraints);
        index.addAll(root);
    }

    /** @throws YangException with every error found, up to a bound */
    Verdict check(TreeNode before, TreeNode edited) throws YangException {
        var errors = new ErrorList();
        var after = edited;
        var changes = Differences.between(before, after);
        var conditions = new Conditions(constraints, before, after, changes);
        for (var unwanted = conditions.unwanted(errors); !unwanted.isEmpty(); unwanted = conditions.unwanted(errors)) {
            after = EditApplier.apply(
                    after,
                    unwanted.stream()
                            .map(p -> new Edit(Operation.REMOVE, p, null))
                            .toList());
            changes = Differences.between(before, after);
            conditions = new Conditions(constraints, before, after, changes);
        }
        shapes(after, changes, conditions, errors);
        conditions.musts(errors);
        conditions.references(errors);
        var delta = new Counting(before, after, changes).delta;
        new Breaches(constraints, index, delta, after, changes, errors).find();
        errors.throwIfAny();
        return new Verdict(after, changes, delta);
    }

    void accept(Verdict verdict) {
        index.apply(verdict.delta());
    }

    private void shapes(TreeNode after, List<Change> changes, Conditions conditions, ErrorList errors) {
        var shape = new Shape(constraints, conditions::applies, errors);
        var seen = new HashSet<DataPath>();
        for (var change : changes) {
            shape(after, change.path().parent().orElseThrow(), shape, seen);
            if (change.after() instanceof TreeNode created) {
                shape.check(change.path(), created, true);
            }
        }
        conditions.parents().forEach(p -> shape(after, p, shape, seen));
    }

    private static void shape(TreeNode after, DataPath path, Shape shape, Set<DataPath> seen) {
        if (seen.add(path) && Trees.find(after, path).orElse(null) instanceof TreeNode node) {
            shape.check(path, node, false);
        }
    }

    /** Counts what the changes add to the index and take from it. */
    private final class Counting {
        private final TreeNode before;
        private final TreeNode after;
        private final ConstraintIndex delta = index.delta();
        private final Set<Rescoped> rescoped = new HashSet<>();

        /** A reference whose sources below a node are counted anew, since a leaf that they compare with changed. */
        private record Rescoped(Reference reference, DataPath scope) {}

        Counting(TreeNode before, TreeNode after, List<Change> changes) {
            this.before = before;
            this.after = after;
            for (var change : changes) {
                rescope(change.path(), change.before());
                rescope(change.path(), change.after());
            }
            for (var each : rescoped) {
                recount(before, each, -1);
                recount(after, each, 1);
            }
            for (var change : changes) {
                count(before, change.path(), change.before(), -1);
                count(after, change.path(), change.after(), 1);
            }
            recountTuples(changes);
        }

        private void rescope(DataPath path, @org.jspecify.annotations.Nullable DataNode node) {
            if (node == null || !constraints.hasOperands()) {
                return;
            }
            Instances.below(path, node, SchemaNode::config, (at, instance) -> {
                for (var reference : constraints.operandOf(instance.schema())) {
                    rescoped.add(new Rescoped(reference, Instances.prefix(at, reference.scope())));
                }
            });
        }

        private void recount(TreeNode root, Rescoped each, int sign) {
            if (Trees.find(root, each.scope()).orElse(null) instanceof TreeNode scope) {
                var way = Instances.way(each.scope().schema(), each.reference().source());
                Instances.of(
                        each.scope(),
                        scope,
                        way,
                        (at, leaf) -> delta.addReference(each.reference(), root, at, ((LeafNode) leaf).value(), sign));
            }
        }

        private void count(TreeNode root, DataPath path, @org.jspecify.annotations.Nullable DataNode node, int sign) {
            if (node == null || !constraints.indexed(node.schema())) {
                return;
            }
            Instances.below(path, node, constraints::indexed, (at, instance) -> {
                delta.add(root, at, instance, sign);
                if (!rescoped.isEmpty() && instance instanceof LeafNode leaf) {
                    for (var reference : constraints.from(leaf.schema())) {
                        if (rescoped.contains(new Rescoped(reference, Instances.prefix(at, reference.scope())))) {
                            delta.addReference(reference, root, at, leaf.value(), -sign);
                        }
                    }
                }
            });
        }

        /** Entries that stay but of which a leaf of a unique statement changed. */
        private void recountTuples(List<Change> changes) {
            var seen = new HashSet<DataPath>();
            for (var change : changes) {
                for (var list : constraints.uniqueLists(change.path().schema())) {
                    var path = Instances.prefix(change.path(), list);
                    if (seen.add(path)) {
                        recountTuples(before, path, list, -1);
                        recountTuples(after, path, list, 1);
                    }
                }
            }
        }

        private void recountTuples(TreeNode root, DataPath path, SchemaNode list, int sign) {
            if (Trees.find(root, path).orElse(null) instanceof TreeNode entry) {
                for (var i = 0; i < list.uniques().size(); i++) {
                    delta.tuple(path, entry, i).ifPresent(t -> delta.tuples().add(t, sign));
                }
            }
        }
    }

    /** The entries of the list instance that an entry stands in. */
    static TreeList siblings(TreeNode root, DataPath entry) {
        var whole = entry.parent().orElseThrow().child(entry.schema());
        if (entry.schema().kind() != NodeKind.LIST) {
            throw new IllegalArgumentException(entry + " is no list entry");
        }
        return (TreeList) Trees.find(root, whole).orElseThrow();
    }
}
