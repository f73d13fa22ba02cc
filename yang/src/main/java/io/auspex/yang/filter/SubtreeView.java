package io.auspex.yang.filter;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a subtree filter leaves of a node (RFC 6241 §6), made while it is read; list entries whose keys the filter gives are
 * looked up, not searched for.
 */
final class SubtreeView implements InnerNode {
    private final InnerNode node;
    private final Selected selected;
    private final TreeMap<Integer, SchemaNode> chosen = new TreeMap<>();
    private final LinkedHashMap<SchemaNode, List<SiblingSet>> contained = new LinkedHashMap<>();
    private final LinkedHashMap<SchemaNode, List<Object>> matched = new LinkedHashMap<>();
    private final List<SchemaNode> whole = new ArrayList<>();
    private @Nullable List<DataNode> children;

    /** The view of a root by the set of its children. */
    static InnerNode of(InnerNode root, SiblingSet set, Selected selected) {
        return new SubtreeView(root, List.of(set), selected);
    }

    /** A node with the sets whose content matches hold there, none of which selects all of it. */
    private SubtreeView(InnerNode node, List<SiblingSet> active, Selected selected) {
        this.node = node;
        this.selected = selected;
        for (var set : active) {
            whole.addAll(set.selected());
            set.contained()
                    .forEach((schema, sets) -> contained
                            .computeIfAbsent(schema, _ -> new ArrayList<>())
                            .addAll(sets));
            set.matches()
                    .forEach(m -> matched.computeIfAbsent(m.leaf(), _ -> new ArrayList<>())
                            .add(m.value()));
        }
        if (!active.isEmpty()) {
            node.schema().keys().forEach(this::choose);
        }
        whole.forEach(this::choose);
        contained.keySet().forEach(this::choose);
        matched.keySet().forEach(this::choose);
    }

    private void choose(SchemaNode child) {
        chosen.put(child.index(), child);
    }

    /** What the sets leave of a node; null when that is nothing. */
    private static @Nullable InnerNode reduce(InnerNode node, List<SiblingSet> sets, Selected selected) {
        var active = new ArrayList<SiblingSet>(sets.size());
        for (var set : sets) {
            if (set.holds(node)) {
                if (set.all()) {
                    return selected.children(node);
                }
                active.add(set);
            }
        }
        var view = new SubtreeView(node, active, selected);
        return view.hasContent() ? view : null;
    }

    /** Whether there is more than the keys that are added to every entry. */
    private boolean hasContent() {
        for (var child : children()) {
            var schema = child.schema();
            var isAdded = schema.isKey() && !whole.contains(schema) && !matched.containsKey(schema);
            if (!isAdded
                    && (!(child instanceof ListNode list) || list.iterator().hasNext())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public SchemaNode schema() {
        return node.schema();
    }

    @Override
    public @Nullable DataNode child(SchemaNode schema) {
        if (chosen.get(schema.index()) != schema) {
            return null;
        }
        var child = node.child(schema);
        if (child == null || schema.isKey()) {
            return child;
        }
        if (whole.contains(schema)) {
            return selected.node(child);
        }
        var sets = contained.get(schema);
        return switch (child) {
            case InnerNode inner -> sets == null ? null : reduce(inner, sets, selected);
            case ListNode list -> sets == null ? null : new MatchingEntries(list, sets, selected);
            case LeafNode leaf -> leaf;
            case LeafListNode values -> new MatchingValues(values, matched.getOrDefault(schema, List.of()));
            case OpaqueNode opaque -> opaque;
        };
    }

    @Override
    public List<DataNode> children() {
        var shown = children;
        if (shown == null) {
            shown = new ArrayList<>(chosen.size());
            for (var schema : chosen.values()) {
                var child = child(schema);
                if (child != null) {
                    shown.add(child);
                }
            }
            children = shown;
        }
        return shown;
    }

    @Override
    public @Nullable ListKey key() {
        return node.schema().kind() == NodeKind.LIST ? node.key() : null;
    }

    /** The values of a leaf-list that content matches named. */
    private record MatchingValues(LeafListNode all, List<Object> values) implements LeafListNode {
        @Override
        public SchemaNode schema() {
            return all.schema();
        }

        @Override
        public boolean contains(Object value) {
            return values.contains(value) && all.contains(value);
        }

        @Override
        public Iterator<Object> iterator() {
            return values.stream().distinct().filter(all::contains).iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    /** The entries of a list that at least one set selects something of. */
    private static final class MatchingEntries implements ListNode {
        private final ListNode list;
        private final List<SiblingSet> sets;
        private final Selected selected;
        private @Nullable List<InnerNode> found;

        MatchingEntries(ListNode list, List<SiblingSet> sets, Selected selected) {
            this.list = list;
            this.sets = sets;
            this.selected = selected;
        }

        @Override
        public SchemaNode schema() {
            return list.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            var entry = list.entry(key);
            return entry == null ? null : reduce(entry, sets, selected);
        }

        @Override
        public int size() {
            return -1;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            if (found == null) {
                var keys = keys();
                if (keys == null) {
                    return search();
                }
                found = new ArrayList<>(keys.size());
                for (var key : keys) {
                    var entry = entry(key);
                    if (entry != null) {
                        found.add(entry);
                    }
                }
            }
            return found.iterator();
        }

        /** The keys of all entries that can match; null where others may. */
        private @Nullable Collection<ListKey> keys() {
            var keys = new TreeSet<ListKey>();
            for (var set : sets) {
                var key = set.key(list.schema());
                if (key == null || list.schema().userOrdered()) {
                    return null;
                }
                keys.add(key);
            }
            return keys;
        }

        private Iterator<InnerNode> search() {
            var all = list.iterator();
            return new Iterator<>() {
                private @Nullable InnerNode next;

                @Override
                public boolean hasNext() {
                    while (next == null && all.hasNext()) {
                        next = reduce(all.next(), sets, selected);
                    }
                    return next != null;
                }

                @Override
                public InnerNode next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    var found = next;
                    next = null;
                    return Objects.requireNonNull(found);
                }
            };
        }
    }
}
