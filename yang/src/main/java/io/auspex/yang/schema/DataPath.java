package io.auspex.yang.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of one data node from the root of a datastore: schema nodes, with key values where a step is a list or
 * leaf-list entry (RFC 7950 §9.13). A path whose last step is a list without key means the list as a whole.
 *
 * <p>Paths share their prefixes; {@link #toString()} is the JSON form of an instance-identifier (RFC 7951 §6.11).
 */
public final class DataPath {
    private final @Nullable DataPath parent;
    private final SchemaNode schema;
    private final @Nullable ListKey key;
    private final int depth;

    private DataPath(@Nullable DataPath parent, SchemaNode schema, @Nullable ListKey key) {
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.parent = parent;
        this.schema = schema;
        this.key = key;
    }

    /** The path of the root itself. */
    public static DataPath root(SchemaNode root) {
        if (root.kind() != NodeKind.ROOT) {
            throw new IllegalArgumentException(root + " is a " + root.kind() + ", not the root");
        }
        return new DataPath(null, root, null);
    }

    /** The path of a node that is in no list. */
    public static DataPath of(SchemaNode schema) {
        return schema.parent().map(p -> of(p).child(schema)).orElseGet(() -> root(schema));
    }

    /** The path of a child that is no list entry, or of a whole list or leaf-list. */
    public DataPath child(SchemaNode child) {
        return new DataPath(this, checked(child), null);
    }

    /** The path of one entry of a list or leaf-list below this node. */
    public DataPath entry(SchemaNode list, ListKey entryKey) {
        var expected = list.kind() == NodeKind.LEAF_LIST ? 1 : list.keys().size();
        if (expected != entryKey.size()) {
            throw new IllegalArgumentException(list + " has " + expected + " key values, not " + entryKey.size());
        }
        return new DataPath(this, checked(list), entryKey);
    }

    private SchemaNode checked(SchemaNode child) {
        if (child.parent().filter(p -> p == schema).isEmpty()) {
            throw new IllegalArgumentException(child + " is no child of " + schema);
        }
        return child;
    }

    /** The schema node of the last step. */
    public SchemaNode schema() {
        return schema;
    }

    public Optional<ListKey> key() {
        return Optional.ofNullable(key);
    }

    public Optional<DataPath> parent() {
        return Optional.ofNullable(parent);
    }

    public boolean isRoot() {
        return parent == null;
    }

    /** The steps below the root, outermost first; each step is itself a path. */
    public List<DataPath> steps() {
        var steps = new DataPath[depth];
        for (var at = this; at.parent != null; at = at.parent) {
            steps[at.depth - 1] = at;
        }
        return Arrays.asList(steps);
    }

    /** True when this path is {@code other} or lies below it; a whole list contains its entries. */
    public boolean startsWith(DataPath other) {
        for (var at = this; at != null; at = at.parent) {
            if (at.schema == other.schema && (other.key == null || Objects.equals(other.key, at.key))) {
                return other.parent == null || (at.parent != null && at.parent.startsWith(other.parent));
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof DataPath other)) {
            return false;
        }
        DataPath a = this;
        DataPath b = other;
        while (a != null && b != null) {
            if (a.schema != b.schema || !Objects.equals(a.key, b.key)) {
                return false;
            }
            a = a.parent;
            b = b.parent;
        }
        return a == b;
    }

    @Override
    public int hashCode() {
        var hash = 1;
        for (var at = this; at != null; at = at.parent) {
            hash = hash * 31 + System.identityHashCode(at.schema) + (at.key == null ? 0 : at.key.hashCode());
        }
        return hash;
    }

    @Override
    public String toString() {
        return InstanceIdentifiers.json(this);
    }
}
