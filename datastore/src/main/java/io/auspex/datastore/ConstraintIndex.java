package io.auspex.datastore;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the references, targets and unique tuples of a datastore, by keyed 64-bit hashes of what makes two of them the
 * same: what an edit breaks is then found without looking at the rest of the datastore. Used by the writer alone.
 */
final class ConstraintIndex {
    /** Entries of a list that are worth being counted by a core of its own. */
    private static final int PART = 8_192;

    private final SchemaConstraints constraints;
    private final HashFunction hash;
    private final LongCounts references = new LongCounts();
    private final LongCounts targets = new LongCounts();
    private final LongCounts tuples = new LongCounts();
    private final LongCounts pointers = new LongCounts();

    ConstraintIndex(SchemaConstraints constraints) {
        var random = new SecureRandom();
        this.constraints = constraints;
        this.hash = Hashing.sipHash24(random.nextLong(), random.nextLong());
    }

    private ConstraintIndex(SchemaConstraints constraints, HashFunction hash) {
        this.constraints = constraints;
        this.hash = hash;
    }

    /** An empty index for the counts that a commit would add or take. */
    ConstraintIndex delta() {
        return new ConstraintIndex(constraints, hash);
    }

    HashFunction hash() {
        return hash;
    }

    /** Counts all of a datastore; its long lists in parts, on all cores. */
    void addAll(TreeNode root) {
        var path = DataPath.root(root.schema());
        var parts = new ArrayList<Part>();
        longLists(path, root, parts);
        var apart = parts.stream().map(p -> p.list().schema()).collect(Collectors.toSet());
        Instances.below(
                path,
                root,
                n -> constraints.indexed(n) && !apart.contains(n),
                (at, instance) -> add(root, at, instance, 1));
        parts.parallelStream().map(p -> counted(root, p)).forEachOrdered(this::apply);
    }

    /** Some entries of a list that stands in no other list. */
    private record Part(DataPath list, List<InnerNode> entries) {}

    private void longLists(DataPath path, TreeNode node, List<Part> parts) {
        for (var child : node.children()) {
            var at = path.child(child.schema());
            switch (child) {
                case TreeList list
                when list.size() > PART && constraints.indexed(list.schema()) -> {
                    for (var entries = list.iterator(); entries.hasNext(); ) {
                        var some = new ArrayList<InnerNode>(PART);
                        while (some.size() < PART && entries.hasNext()) {
                            some.add(entries.next());
                        }
                        parts.add(new Part(at, some));
                    }
                }
                case TreeNode inner -> longLists(at, inner, parts);
                default -> {}
            }
        }
    }

    private ConstraintIndex counted(TreeNode root, Part part) {
        var counts = delta();
        var holder = part.list().parent().orElseThrow();
        for (var entry : part.entries()) {
            var key = Objects.requireNonNull(entry.key());
            counts.addAll(root, holder.entry(entry.schema(), key), entry, 1);
        }
        return counts;
    }

    /** Counts an instance and those below it. */
    void addAll(TreeNode root, DataPath path, DataNode node, int sign) {
        Instances.below(path, node, constraints::indexed, (at, instance) -> add(root, at, instance, sign));
    }

    /** Counts one instance. */
    void add(TreeNode root, DataPath path, DataNode node, int sign) {
        switch (node) {
            case LeafNode leaf -> {
                var schema = leaf.schema();
                for (var reference : constraints.from(schema)) {
                    addReference(reference, root, path, leaf.value(), sign);
                }
                for (var reference : constraints.to(schema)) {
                    targets.add(reference.ofTarget(hash, path, leaf.value()), sign);
                }
                if (constraints.isPointer(schema) && leaf.value() instanceof DataPath target) {
                    pointers.add(pointer(target), sign);
                }
            }
            case TreeNode entry -> {
                var uniques = entry.schema().uniques();
                for (var i = 0; i < uniques.size(); i++) {
                    tuple(path, entry, i).ifPresent(t -> tuples.add(t, sign));
                }
            }
            default -> {}
        }
    }

    void addReference(Reference reference, TreeNode root, DataPath path, Object value, int sign) {
        if (!reference.optionalFor(value)) {
            references.add(reference.ofSource(hash, root, path, value), sign);
        }
    }

    long pointer(DataPath target) {
        return hash.hashString(target.toString(), StandardCharsets.UTF_8).asLong();
    }

    /** The hash of an entry's tuple of a unique statement; empty when a leaf of it is not there (RFC 7950 §7.8.3). */
    Optional<Long> tuple(DataPath path, TreeNode entry, int number) {
        var hasher = hash.newHasher().putInt(number);
        for (DataPath at = path; at != null; at = at.parent().orElse(null)) {
            var key = at.key();
            hasher.putInt(System.identityHashCode(at.schema()));
            if (at != path && key.isPresent()) {
                key.get()
                        .values()
                        .forEach(v -> hasher.putString(Values.text(v), StandardCharsets.UTF_8)
                                .putByte((byte) 0xff));
            }
        }
        for (var way : entry.schema().uniques().get(number)) {
            var value = value(entry, way);
            if (value == null) {
                return Optional.empty();
            }
            hasher.putString(Values.text(value), StandardCharsets.UTF_8).putByte((byte) 0xff);
        }
        return Optional.of(hasher.hash().asLong());
    }

    static @Nullable Object value(TreeNode entry, List<SchemaNode> way) {
        DataNode at = entry;
        for (var step : way) {
            at = at instanceof TreeNode inner ? inner.child(step) : null;
        }
        var defaults = way.getLast().defaults();
        return at instanceof LeafNode leaf ? leaf.value() : defaults.isEmpty() ? null : defaults.getFirst();
    }

    LongCounts references() {
        return references;
    }

    LongCounts targets() {
        return targets;
    }

    LongCounts tuples() {
        return tuples;
    }

    LongCounts pointers() {
        return pointers;
    }

    void apply(ConstraintIndex delta) {
        references.addAll(delta.references);
        targets.addAll(delta.targets);
        tuples.addAll(delta.tuples);
        pointers.addAll(delta.pointers);
    }
}
