package io.auspex.access;

import io.auspex.access.Decisions.Refusal;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first access that a change lacks (RFC 8341 §3.2.5, §3.4.5). A container without presence is neither created nor
 * deleted: what is in it is.
 */
final class WriteCheck {
    private final Decisions decisions;

    WriteCheck(Decisions decisions) {
        this.decisions = decisions;
    }

    Optional<Refusal> refusal(Write write) {
        var moved = write.moved() ? one(Access.UPDATE, write.path()) : Optional.<Refusal>empty();
        return moved.isPresent() ? moved : compare(write.path(), write.before(), write.after());
    }

    private Optional<Refusal> compare(DataPath path, @Nullable DataNode before, @Nullable DataNode after) {
        if (before == after) {
            return Optional.empty();
        }
        if (before == null) {
            return after == null ? Optional.empty() : all(Access.CREATE, path, after);
        }
        if (after == null) {
            return all(Access.DELETE, path, before);
        }
        return switch (after) {
            case InnerNode inner when before instanceof InnerNode old -> children(path, old, inner);
            case ListNode list when before instanceof ListNode old -> entries(path, old, list);
            case LeafListNode values when before instanceof LeafListNode old -> values(path, old, values);
            default -> before.equals(after) ? Optional.empty() : one(Access.UPDATE, path);
        };
    }

    /** The whole subtree is created or deleted. */
    private Optional<Refusal> all(Access access, DataPath path, DataNode node) {
        if (decisions.permitsWhole(access, node.schema())) {
            return Optional.empty();
        }
        return switch (node) {
            case LeafNode _, OpaqueNode _ -> one(access, path);
            case LeafListNode values -> {
                if (path.key().isPresent()) {
                    yield one(access, path);
                }
                for (var value : values) {
                    var refusal = one(access, entry(path, ListKey.of(value)));
                    if (refusal.isPresent()) {
                        yield refusal;
                    }
                }
                yield Optional.empty();
            }
            case ListNode list -> {
                for (var entry : list) {
                    var key = entry.key();
                    var refusal = all(access, key == null ? path : entry(path, key), entry);
                    if (refusal.isPresent()) {
                        yield refusal;
                    }
                }
                yield Optional.empty();
            }
            case InnerNode inner -> {
                if (!path.isRoot() && !Trees.isStructural(inner)) {
                    var refusal = one(access, path);
                    if (refusal.isPresent()) {
                        yield refusal;
                    }
                }
                for (var child : inner.children()) {
                    var refusal = all(access, path.child(child.schema()), child);
                    if (refusal.isPresent()) {
                        yield refusal;
                    }
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<Refusal> children(DataPath path, InnerNode before, InnerNode after) {
        Map<SchemaNode, DataNode> old = new LinkedHashMap<>();
        before.children().forEach(c -> old.put(c.schema(), c));
        for (var child : after.children()) {
            var refusal = compare(path.child(child.schema()), old.remove(child.schema()), child);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return first(old.values(), child -> all(Access.DELETE, path.child(child.schema()), child));
    }

    private Optional<Refusal> entries(DataPath path, ListNode before, ListNode after) {
        if (before.schema().keys().isEmpty()) {
            return before.equals(after) ? Optional.empty() : one(Access.UPDATE, path);
        }
        Map<ListKey, InnerNode> old = new LinkedHashMap<>();
        before.forEach(e -> old.put(key(e), e));
        var kept = new ArrayList<ListKey>();
        for (var entry : after) {
            var key = key(entry);
            var was = old.remove(key);
            if (was != null) {
                kept.add(key);
            }
            var refusal = compare(entry(path, key), was, entry);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        var deleted = first(old.values(), e -> all(Access.DELETE, entry(path, key(e)), e));
        if (deleted.isPresent() || !before.schema().userOrdered()) {
            return deleted;
        }
        var order = new ArrayList<ListKey>();
        before.forEach(e -> order.add(key(e)));
        return moved(path, order, kept);
    }

    private Optional<Refusal> values(DataPath path, LeafListNode before, LeafListNode after) {
        var order = new ArrayList<ListKey>();
        before.forEach(v -> order.add(ListKey.of(v)));
        var old = new HashSet<>(order);
        var kept = new ArrayList<ListKey>();
        for (var value : after) {
            var key = ListKey.of(value);
            if (old.remove(key)) {
                kept.add(key);
                continue;
            }
            var refusal = one(Access.CREATE, entry(path, key));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        var deleted = first(order.stream().filter(old::contains).toList(), k -> one(Access.DELETE, entry(path, k)));
        return deleted.isPresent() || !before.schema().userOrdered() ? deleted : moved(path, order, kept);
    }

    /** Entries that stand elsewhere than before are updated. */
    private Optional<Refusal> moved(DataPath path, List<ListKey> before, List<ListKey> kept) {
        var remaining = new HashSet<>(kept);
        var old = before.stream().filter(remaining::contains).toList();
        for (var i = 0; i < kept.size(); i++) {
            if (!old.get(i).equals(kept.get(i))) {
                var refusal = one(Access.UPDATE, entry(path, kept.get(i)));
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> one(Access access, DataPath path) {
        return decisions.permits(access, path) ? Optional.empty() : Optional.of(new Refusal(access, shown(path)));
    }

    /** The path as far as the principal may read it: a refusal must not tell that a hidden node exists. */
    private DataPath shown(DataPath path) {
        var at = path;
        for (var step : path.steps()) {
            if (!decisions.mayRead(step)) {
                at = step.parent().orElse(step);
                break;
            }
        }
        return at;
    }

    private static DataPath entry(DataPath list, ListKey key) {
        return list.parent().orElseThrow().entry(list.schema(), key);
    }

    private static ListKey key(InnerNode entry) {
        var key = entry.key();
        if (key == null) {
            throw new IllegalArgumentException("an entry of " + entry.schema() + " without its keys");
        }
        return key;
    }

    private static <T> Optional<Refusal> first(
            Iterable<T> all, java.util.function.Function<T, Optional<Refusal>> check) {
        for (var one : all) {
            var refusal = check.apply(one);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
