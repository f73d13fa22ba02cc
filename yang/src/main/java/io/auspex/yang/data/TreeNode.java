package io.auspex.yang.data;

import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An immutable inner node; changes make a new node that shares all unchanged children. */
public final class TreeNode implements InnerNode {
    private static final DataNode[] NONE = {};

    private final SchemaNode schema;
    private final DataNode[] children;
    private long version;

    private TreeNode(SchemaNode schema, DataNode[] children) {
        this.schema = schema;
        this.children = children;
    }

    public static TreeNode empty(SchemaNode schema) {
        return new TreeNode(schema, NONE);
    }

    /** A node of children in any order, one per schema node. */
    public static TreeNode of(SchemaNode schema, Collection<? extends DataNode> children) {
        var sorted = children.toArray(NONE);
        Arrays.sort(sorted, Comparator.comparingInt(c -> c.schema().index()));
        for (var i = 0; i < sorted.length; i++) {
            var child = sorted[i].schema();
            if (child.parent().filter(p -> p == schema).isEmpty()) {
                throw new IllegalArgumentException(child + " is no child of " + schema);
            }
            if (i > 0 && sorted[i - 1].schema() == child) {
                throw new IllegalArgumentException(child + " stands twice");
            }
        }
        return new TreeNode(schema, sorted);
    }

    /**
     * A node of children in any order, which the caller knows to be children of {@code schema}, each of another schema
     * node.
     */
    public static TreeNode ofDistinct(SchemaNode schema, Collection<? extends DataNode> children) {
        var sorted = children.toArray(NONE);
        for (var i = 1; i < sorted.length; i++) {
            if (sorted[i - 1].schema().index() > sorted[i].schema().index()) {
                Arrays.sort(sorted, Comparator.comparingInt(c -> c.schema().index()));
                break;
            }
        }
        return new TreeNode(schema, sorted);
    }

    @Override
    public SchemaNode schema() {
        return schema;
    }

    private int search(int index) {
        var low = 0;
        var high = children.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var at = children[middle].schema().index();
            if (at == index) {
                return middle;
            }
            if (at < index) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @Override
    public @Nullable DataNode child(SchemaNode childSchema) {
        var likely = childSchema.index();
        // Keys come first, so an entry has its keys where they stand in the schema.
        if (likely < children.length && children[likely].schema() == childSchema) {
            return children[likely];
        }
        var place = search(childSchema.index());
        return place < 0 || children[place].schema() != childSchema ? null : children[place];
    }

    @Override
    public List<DataNode> children() {
        return Arrays.asList(children);
    }

    /**
     * The version that the datastore gave this node when it was committed: nodes with the same path, one in an older and one
     * in a newer state, have the same version when nothing in them changed. 0 when it was never committed.
     */
    public long version() {
        return version;
    }

    /** Gives a node its version; called by the datastore alone, before the node is published to readers. */
    public void stamp(long committed) {
        version = committed;
    }

    public boolean isEmpty() {
        return children.length == 0;
    }

    /** With the child, in place of one of the same schema node. */
    public TreeNode with(DataNode child) {
        var place = search(child.schema().index());
        if (place >= 0) {
            if (children[place] == child) {
                return this;
            }
            var copy = children.clone();
            copy[place] = child;
            return new TreeNode(schema, copy);
        }
        var at = -place - 1;
        var copy = new DataNode[children.length + 1];
        System.arraycopy(children, 0, copy, 0, at);
        copy[at] = child;
        System.arraycopy(children, at, copy, at + 1, children.length - at);
        return new TreeNode(schema, copy);
    }

    /** Without the child of a schema node; this very node when there is none. */
    public TreeNode without(SchemaNode childSchema) {
        if (child(childSchema) == null) {
            return this;
        }
        var rest = new ArrayList<>(Arrays.asList(children));
        rest.removeIf(c -> c.schema() == childSchema);
        return new TreeNode(schema, rest.toArray(NONE));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TreeNode other && schema == other.schema && Arrays.equals(children, other.children);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(children);
    }

    @Override
    public String toString() {
        return schema.name() + Arrays.toString(children);
    }
}
