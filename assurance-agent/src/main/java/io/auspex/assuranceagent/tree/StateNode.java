package io.auspex.assuranceagent.tree;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An inner node of operational state whose children are made when they are asked for, and never kept. */
public final class StateNode implements InnerNode {
    private final SchemaNode schema;
    private final List<SchemaNode> parts;
    private final Function<SchemaNode, @Nullable DataNode> make;
    private final @Nullable ListKey key;

    private StateNode(
            SchemaNode schema,
            List<SchemaNode> parts,
            Function<SchemaNode, @Nullable DataNode> make,
            @Nullable ListKey key) {
        this.schema = schema;
        this.parts = parts;
        this.make = make;
        this.key = key;
    }

    /**
     * A node.
     *
     * @param parts the children that may be there, in schema order
     * @param make makes one of them; null where there is none
     */
    public StateNode(SchemaNode schema, List<SchemaNode> parts, Function<SchemaNode, @Nullable DataNode> make) {
        this(schema, parts, make, null);
    }

    /**
     * An entry of a list.
     *
     * @param parts the keys, and the other children that may be there, in schema order
     * @param make makes one of the others; null where there is none
     */
    public static StateNode entry(
            SchemaNode list, ListKey key, List<SchemaNode> parts, Function<SchemaNode, @Nullable DataNode> make) {
        return new StateNode(list, parts, make, key);
    }

    /** A node with one child. */
    public static StateNode of(SchemaNode schema, DataNode only) {
        return new StateNode(schema, List.of(only.schema()), _ -> only);
    }

    @Override
    public SchemaNode schema() {
        return schema;
    }

    @Override
    public @Nullable DataNode child(SchemaNode child) {
        return parts.contains(child) ? part(child) : null;
    }

    /** Keys come first among the children. */
    private @Nullable DataNode part(SchemaNode part) {
        return key != null && part.index() < key.size()
                ? new LeafNode(part, key.value(part.index()))
                : make.apply(part);
    }

    @Override
    public @Nullable ListKey key() {
        return key != null ? key : InnerNode.super.key();
    }

    @Override
    public Iterable<DataNode> children() {
        return Children::new;
    }

    private final class Children implements Iterator<DataNode> {
        private int at;
        private @Nullable DataNode next;

        @Override
        public boolean hasNext() {
            while (next == null && at < parts.size()) {
                next = part(parts.get(at++));
            }
            return next != null;
        }

        @Override
        public DataNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            DataNode node = Objects.requireNonNull(next);
            next = null;
            return node;
        }
    }

    /** A leaf with its value; null where there is no value. */
    public static @Nullable LeafNode leaf(SchemaNode schema, @Nullable Object value) {
        return value == null ? null : new LeafNode(schema, value);
    }

    @Override
    public String toString() {
        return schema.toString();
    }
}
