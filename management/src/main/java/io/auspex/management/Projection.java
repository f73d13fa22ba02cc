package io.auspex.management;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.data.OpaqueNode;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a data tree while it is read: says of each child whether it stays, and what is reduced below it. Nothing is
 * copied; keyed lookups are handed down.
 */
abstract class Projection {
    /** Keeps everything. */
    static final Projection ALL = new Projection() {
        @Override
        Projection below(DataNode child) {
            return this;
        }
    };

    /**
     * The projection below a child that stays.
     *
     * @param child a leaf, leaf-list, container, or list; for a list the result holds for the children of its entries
     * @return null when the child does not stay
     */
    abstract @Nullable Projection below(DataNode child);

    /** True when an inner node or list entry stays, once it is known what is left of it. */
    boolean keeps(InnerNode projected) {
        return true;
    }

    /** True when there is more than keys in a node, lists without entries not counted. */
    static boolean hasContent(InnerNode node) {
        for (var child : node.children()) {
            var empty = child instanceof ListNode list && !list.iterator().hasNext();
            if (!child.schema().isKey() && !empty) {
                return true;
            }
        }
        return false;
    }

    /** The node reduced; this projection applies to its children. */
    final DataNode on(DataNode node) {
        if (this == ALL) {
            return node;
        }
        return switch (node) {
            case InnerNode inner -> new Inner(inner, this);
            case ListNode list -> new Entries(list, this);
            case LeafNode leaf -> leaf;
            case LeafListNode values -> values;
            case OpaqueNode opaque -> opaque;
        };
    }

    final @Nullable DataNode project(DataNode child) {
        var below = below(child);
        if (below == null) {
            return null;
        }
        var projected = below.on(child);
        return projected instanceof Inner inner && !below.keeps(inner) ? null : projected;
    }

    private static final class Inner extends InnerView {
        private final Projection projection;

        Inner(InnerNode base, Projection projection) {
            super(base);
            this.projection = projection;
        }

        @Override
        protected @Nullable DataNode shown(DataNode child) {
            return projection.project(child);
        }
    }

    private static final class Entries extends ListView {
        private final Projection projection;

        Entries(ListNode base, Projection projection) {
            super(base);
            this.projection = projection;
        }

        @Override
        protected @Nullable InnerNode shown(InnerNode entry) {
            var inner = new Inner(entry, projection);
            return projection.keeps(inner) ? inner : null;
        }
    }
}
