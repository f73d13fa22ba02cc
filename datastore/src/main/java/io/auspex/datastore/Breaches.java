package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds references without target and tuples that stand twice, from the counts of the index (RFC 7950 §15.1, §15.5). */
final class Breaches {
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";

    private final SchemaConstraints constraints;
    private final ConstraintIndex index;
    private final ConstraintIndex delta;
    private final TreeNode after;
    private final List<Change> changes;
    private final ErrorList errors;

    Breaches(
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
        new DanglingReferences(constraints, index, delta, after, changes, errors).find();
        tuples();
        if (constraints.hasPointers()) {
            pointers();
        }
    }

    private void tuples() {
        var twice = new HashSet<Long>();
        delta.tuples().forEach((hash, count) -> {
            if (count > 0 && index.tuples().get(hash) + count > 1) {
                twice.add(hash);
            }
        });
        if (twice.isEmpty()) {
            return;
        }
        for (var change : changes) {
            for (var list : constraints.uniqueLists(change.path().schema())) {
                var path = Instances.prefix(change.path(), list);
                Trees.find(after, path).ifPresent(entry -> duplicate(path, entry, twice));
            }
            if (change.after() != null) {
                Instances.below(
                        change.path(), change.after(), constraints::indexed, (at, node) -> duplicate(at, node, twice));
            }
        }
    }

    private void duplicate(DataPath path, DataNode node, Set<Long> twice) {
        if (!(node instanceof TreeNode entry)) {
            return;
        }
        var uniques = entry.schema().uniques();
        for (var i = 0; i < uniques.size() && !errors.isFull(); i++) {
            var tuple = index.tuple(path, entry, i);
            if (tuple.isPresent() && twice.contains(tuple.get())) {
                for (var other : Validation.siblings(after, path)) {
                    var at = path.parent().orElseThrow().entry(entry.schema(), Objects.requireNonNull(other.key()));
                    if (other != entry && index.tuple(at, (TreeNode) other, i).equals(tuple)) {
                        duplicate(path, entry, at, uniques.get(i));
                        twice.remove(tuple.get());
                        break;
                    }
                }
            }
        }
    }

    private void duplicate(DataPath path, TreeNode entry, DataPath other, List<List<SchemaNode>> unique) {
        var leaves = unique.stream()
                .map(way -> way.stream().map(SchemaNode::name).collect(Collectors.joining("/")) + " '"
                        + Values.text(Objects.requireNonNull(ConstraintIndex.value(entry, way))) + "'")
                .collect(Collectors.joining(", "));
        var info = unique.stream()
                .map(way -> new ErrorInfo(YANG, "non-unique", below(path, way)))
                .toArray(ErrorInfo[]::new);
        errors.add(YangError.of(
                        Failure.INVALID_CONFIGURATION,
                        path,
                        path + ": has the same " + leaves + " as " + other + ", which has to be unique")
                .withAppTag("data-not-unique")
                .withInfo(info));
    }

    private static DataPath below(DataPath path, List<SchemaNode> way) {
        var at = path;
        for (var step : way) {
            at = at.child(step);
        }
        return at;
    }

    private void pointers() {
        for (var change : changes) {
            if (change.after() != null) {
                Instances.below(change.path(), change.after(), constraints::indexed, (at, node) -> pointer(at, node));
            }
        }
        var gone = new boolean[1];
        for (var change : changes) {
            if (change.before() != null && (index.pointers().size() > 0)) {
                Instances.below(change.path(), change.before(), SchemaNode::config, (at, _) -> {
                    var hash = index.pointer(at);
                    gone[0] |= index.pointers().get(hash) + delta.pointers().get(hash) > 0
                            && Trees.find(after, at).isEmpty();
                });
            }
        }
        if (gone[0]) {
            Instances.below(
                    DataPath.root(after.schema()), after, constraints::indexed, (at, node) -> pointer(at, node));
        }
    }

    private void pointer(DataPath path, DataNode node) {
        if (node instanceof LeafNode leaf
                && constraints.isPointer(leaf.schema())
                && leaf.value() instanceof DataPath target
                && Trees.find(after, target).isEmpty()
                && !References.isOtherwise(leaf.schema().type(), target)) {
            errors.add(
                    YangError.of(Failure.DATA_MISSING, path, path + ": refers to " + target + ", which does not exist")
                            .withAppTag("instance-required"));
        }
    }
}
