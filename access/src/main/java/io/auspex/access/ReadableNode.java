package io.auspex.access;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inner node without the children that must not be read. */
final class ReadableNode implements InnerNode, Place {
    private final Decisions decisions;
    private final InnerNode node;
    private final @Nullable Place above;

    ReadableNode(Decisions decisions, InnerNode node, @Nullable Place above) {
        this.decisions = decisions;
        this.node = node;
        this.above = above;
    }

    /** What may be read of a node that itself may be read. */
    static Optional<DataNode> below(Decisions decisions, DataNode node, Place place) {
        if (decisions.permitsWhole(Access.READ, node.schema())) {
            return Optional.of(node);
        }
        return switch (node) {
            case LeafNode leaf -> Optional.of(leaf);
            case OpaqueNode opaque -> Optional.of(opaque);
            case InnerNode inner -> Optional.of(new ReadableNode(decisions, inner, place));
            case ListNode list -> list(decisions, list, place);
            case LeafListNode values -> values(decisions, values, place);
        };
    }

    private static Optional<DataNode> list(Decisions decisions, ListNode list, Place place) {
        if (decisions.isConstant(Access.READ, list.schema()) && !decisions.permits(Access.READ, list.schema(), place)) {
            return Optional.empty();
        }
        var readable = new ReadableList(decisions, list, place);
        // A list of which nothing is seen must not be seen as an empty one.
        return readable.iterator().hasNext() ? Optional.of(readable) : Optional.empty();
    }

    private static Optional<DataNode> values(Decisions decisions, LeafListNode values, Place place) {
        if (decisions.isConstant(Access.READ, values.schema())) {
            return decisions.permits(Access.READ, values.schema(), place) ? Optional.of(values) : Optional.empty();
        }
        var readable = new ReadableValues(decisions, values, place);
        return readable.iterator().hasNext() ? Optional.of(readable) : Optional.empty();
    }

    @Override
    public SchemaNode schema() {
        return node.schema();
    }

    @Override
    public @Nullable DataNode child(SchemaNode schema) {
        var child = node.child(schema);
        return child == null ? null : visible(child).orElse(null);
    }

    private Optional<DataNode> visible(DataNode child) {
        var schema = child.schema();
        if (schema.isKey()) {
            return Optional.of(child);
        }
        return child instanceof ListNode
                        || child instanceof LeafListNode
                        || decisions.permits(Access.READ, schema, this)
                ? below(decisions, child, this)
                : Optional.empty();
    }

    @Override
    public Iterable<DataNode> children() {
        return () -> {
            var all = node.children().iterator();
            return new Found<>() {
                @Override
                @Nullable
                DataNode find() {
                    while (all.hasNext()) {
                        var child = visible(all.next());
                        if (child.isPresent()) {
                            return child.get();
                        }
                    }
                    return null;
                }
            };
        };
    }

    @Override
    public @Nullable ListKey key() {
        return node.key();
    }

    @Override
    public @Nullable ListKey keyOf(SchemaNode list) {
        if (node.schema() == list) {
            return node.key();
        }
        return above == null ? null : above.keyOf(list);
    }

    /** The entries of a list that may be read. */
    private record ReadableList(Decisions decisions, ListNode list, Place place) implements ListNode {
        @Override
        public SchemaNode schema() {
            return list.schema();
        }

        private @Nullable InnerNode visible(@Nullable InnerNode entry) {
            if (entry == null) {
                return null;
            }
            var readable = new ReadableNode(decisions, entry, place);
            return decisions.permits(Access.READ, schema(), readable) ? readable : null;
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return visible(list.entry(key));
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return visible(list.iterator());
        }

        @Override
        public Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
            return visible(list.entries(from, backwards));
        }

        private Iterator<InnerNode> visible(Iterator<InnerNode> all) {
            return new Found<>() {
                @Override
                @Nullable
                InnerNode find() {
                    while (all.hasNext()) {
                        var entry = visible(all.next());
                        if (entry != null) {
                            return entry;
                        }
                    }
                    return null;
                }
            };
        }

        @Override
        public int size() {
            return decisions.isConstant(Access.READ, schema()) ? list.size() : -1;
        }
    }

    /** The values of a leaf-list that may be read. */
    private record ReadableValues(Decisions decisions, LeafListNode values, Place place) implements LeafListNode {
        @Override
        public SchemaNode schema() {
            return values.schema();
        }

        private boolean isVisible(Object value) {
            var own = ListKey.of(value);
            return decisions.permits(Access.READ, schema(), list -> list == schema() ? own : place.keyOf(list));
        }

        @Override
        public boolean contains(Object value) {
            return values.contains(value) && isVisible(value);
        }

        @Override
        public Iterator<Object> iterator() {
            var all = values.iterator();
            return new Found<>() {
                @Override
                @Nullable
                Object find() {
                    while (all.hasNext()) {
                        var value = all.next();
                        if (isVisible(value)) {
                            return value;
                        }
                    }
                    return null;
                }
            };
        }

        @Override
        public int size() {
            return -1;
        }
    }
}
