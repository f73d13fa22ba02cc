package io.auspex.access;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.Shown;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inner node without the children that must not be read. */
final class ReadableNode extends InnerView implements Place {
    private final Decisions decisions;
    private final @Nullable Place above;

    ReadableNode(Decisions decisions, InnerNode node, @Nullable Place above) {
        super(node);
        this.decisions = decisions;
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
    protected @Nullable DataNode shown(DataNode child) {
        return visible(child).orElse(null);
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
    public @Nullable ListKey keyOf(SchemaNode list) {
        if (schema() == list) {
            return key();
        }
        return above == null ? null : above.keyOf(list);
    }

    /** The entries of a list that may be read. */
    private static final class ReadableList extends ListView {
        private final Decisions decisions;
        private final Place place;

        ReadableList(Decisions decisions, ListNode list, Place place) {
            super(list);
            this.decisions = decisions;
            this.place = place;
        }

        @Override
        protected @Nullable InnerNode shown(InnerNode entry) {
            var readable = new ReadableNode(decisions, entry, place);
            return decisions.permits(Access.READ, schema(), readable) ? readable : null;
        }

        @Override
        public int size() {
            return decisions.isConstant(Access.READ, schema()) ? base().size() : -1;
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
            return new Shown<>(values.iterator(), v -> isVisible(v) ? v : null);
        }

        @Override
        public int size() {
            return -1;
        }
    }
}
