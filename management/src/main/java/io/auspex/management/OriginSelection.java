package io.auspex.management;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.schema.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration in the operational datastore is read, by its origin (RFC 8526 §3.1.1); the nodes that lead to it come
 * with it, and state is not affected.
 *
 * @param origins those asked for, with what is derived from them
 * @param negated true for all but these
 */
public record OriginSelection(Set<Identity> origins, boolean negated) {
    public OriginSelection {
        origins = Set.copyOf(origins);
    }

    /**
     * What is left of a root.
     *
     * @param told of a read with origins
     */
    public InnerNode on(InnerNode root, Annotations told) {
        return new View(root, told, null, this);
    }

    private boolean wants(@Nullable Identity origin) {
        return negated
                != (origin != null
                        && (origins.contains(origin) || origins.stream().anyMatch(origin::derivedFrom)));
    }

    /** A node with the origins of its children, which have its own where they tell none. */
    private static final class View extends InnerView {
        private final Annotations told;
        private final @Nullable Identity own;
        private final OriginSelection selection;

        View(InnerNode base, Annotations told, @Nullable Identity own, OriginSelection selection) {
            super(base);
            this.told = told;
            this.own = own;
            this.selection = selection;
        }

        @Override
        protected @Nullable DataNode shown(DataNode child) {
            if (!child.schema().config() || child.schema().isKey()) {
                return child;
            }
            return switch (child) {
                case LeafNode leaf -> selection.wants(origin(told.of(leaf))) ? leaf : null;
                case OpaqueNode opaque -> selection.wants(origin(told.of(opaque))) ? opaque : null;
                case LeafListNode values -> values(values);
                case InnerNode inner -> inner(inner, inner.schema().presence());
                case ListNode list -> new Entries(list, this);
            };
        }

        private @Nullable Identity origin(List<Annotation> tags) {
            return tags.stream()
                    .filter(t -> t.name().equals("origin"))
                    .map(t -> (Identity) t.value())
                    .findFirst()
                    .orElse(own);
        }

        private @Nullable DataNode values(LeafListNode values) {
            var kept = new ArrayList<Object>();
            var all = 0;
            for (var value : values) {
                all++;
                if (selection.wants(origin(told.ofValue(values, value)))) {
                    kept.add(value);
                }
            }
            return kept.isEmpty() ? null : kept.size() == all ? values : TreeLeafList.of(values.schema(), kept);
        }

        /** @param exists whether it stands for itself, whatever is in it */
        @Nullable
        InnerNode inner(InnerNode inner, boolean exists) {
            var origin = origin(told.of(inner));
            var view = new View(inner, told.below(inner), origin, selection);
            return exists && selection.wants(origin) || Projection.hasContent(view) ? view : null;
        }
    }

    private static final class Entries extends ListView {
        private final View parent;

        Entries(ListNode base, View parent) {
            super(base);
            this.parent = parent;
        }

        @Override
        protected @Nullable InnerNode shown(InnerNode entry) {
            return parent.inner(entry, true);
        }
    }
}
