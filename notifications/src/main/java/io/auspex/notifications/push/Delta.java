package io.auspex.notifications.push;

import io.auspex.access.Decisions;
import io.auspex.datastore.Change;
import io.auspex.datastore.Differences;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changed in the selected part of a datastore from one moment to a later one. */
final class Delta {
    private final TreeNode before;
    private final TreeNode after;
    private final Instant at;
    private final List<Change> changes;
    private final Map<DataPath, DataNode> replaced;
    private final Map<Object, List<TreeNode>> edits = new HashMap<>(2);

    Delta(TreeNode before, TreeNode after, Instant at, List<Change> changes) {
        this(before, after, at, changes, Map.of());
    }

    private Delta(TreeNode before, TreeNode after, Instant at, List<Change> changes, Map<DataPath, DataNode> replaced) {
        this.before = before;
        this.after = after;
        this.at = at;
        this.changes = List.copyOf(changes);
        this.replaced = replaced;
    }

    TreeNode before() {
        return before;
    }

    TreeNode after() {
        return after;
    }

    /** When it was found. */
    Instant at() {
        return at;
    }

    List<Change> changes() {
        return changes;
    }

    /** What was at a path before it was deleted and made anew; null when it was not. */
    @Nullable
    DataNode replaced(DataPath path) {
        return replaced.get(path);
    }

    /** Makes edits. */
    interface EditMaker {
        List<TreeNode> make() throws YangException;
    }

    /** The edits of a form, made by the first who asks for it and shared by all. */
    synchronized List<TreeNode> edits(Object form, EditMaker maker) throws YangException {
        var known = edits.get(form);
        if (known == null) {
            known = maker.make();
            edits.put(form, known);
        }
        return known;
    }

    /** What changed for someone by whose rights other data may be seen than before (RFC 8641 §3.9). */
    static Delta of(TreeNode before, Decisions then, TreeNode after, Decisions now, Instant at) {
        var seen = (TreeNode) Trees.copy(then.readable(before));
        var visible = (TreeNode) Trees.copy(now.readable(after));
        return new Delta(seen, visible, at, Differences.between(seen, visible));
    }

    /**
     * All changes of several, the latest of each node; a node that is again as it was is told of all the same, since a
     * receiver has to learn that it changed, and one that was deleted and made anew as created (RFC 8641 §3.3).
     *
     * @param parts one or more, in order
     */
    static Delta of(List<Delta> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var first = parts.getFirst();
        var last = parts.getLast();
        var touched = new LinkedHashMap<DataPath, Boolean>();
        for (var part : parts) {
            for (var change : part.changes) {
                touch(touched, change);
            }
        }
        var merged = new ArrayList<Change>();
        var replaced = new HashMap<DataPath, DataNode>();
        touched.forEach((path, anew) -> {
            var old = found(first.before, path);
            if (anew && old != null) {
                replaced.put(path, old);
            }
            merged.add(new Change(path, anew ? null : old, found(last.after, path)));
        });
        return new Delta(first.before, last.after, first.at, inPlaces(merged, last.after), replaced);
    }

    /**
     * Changes with those of entries that a user orders in the order of their places, so that each edit puts its entry next to
     * one that is where it will be.
     */
    private static List<Change> inPlaces(List<Change> changes, TreeNode after) {
        var ordered = new LinkedHashMap<DataPath, List<Integer>>();
        for (var i = 0; i < changes.size(); i++) {
            var path = changes.get(i).path();
            if (path.schema().userOrdered()
                    && path.key().isPresent()
                    && changes.get(i).after() != null) {
                ordered.computeIfAbsent(path.parent().orElseThrow().child(path.schema()), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        var result = new ArrayList<>(changes);
        ordered.forEach((list, indexes) -> {
            var sorted = new ArrayList<Change>();
            indexes.forEach(i -> sorted.add(changes.get(i)));
            sorted.sort(places(Trees.find(after, list).orElseThrow()));
            for (var i = 0; i < sorted.size(); i++) {
                result.set(indexes.get(i), sorted.get(i));
            }
        });
        return result;
    }

    private static Comparator<Change> places(DataNode entries) {
        return switch (entries) {
            case TreeList list -> (a, b) -> list.comparePlaces(key(a), key(b));
            case TreeLeafList values -> (a, b) -> values.comparePlaces(key(a).value(0), key(b).value(0));
            default -> (_, _) -> 0;
        };
    }

    private static ListKey key(Change change) {
        return change.path().key().orElseThrow();
    }

    /** @param touched the nodes that changed, and whether they came anew */
    private static void touch(Map<DataPath, Boolean> touched, Change change) {
        var anew = change.before() == null;
        if (touched.computeIfPresent(change.path(), (_, before) -> before || anew) != null) {
            return;
        }
        for (var at = change.path(); !at.isRoot(); at = at.parent().orElseThrow()) {
            if (touched.containsKey(at)) {
                return;
            }
        }
        if (change.before() instanceof InnerNode || change.after() instanceof InnerNode) {
            touched.keySet().removeIf(p -> p.startsWith(change.path()));
        }
        touched.put(change.path(), anew);
    }

    private static @Nullable DataNode found(TreeNode root, DataPath path) {
        var node = Trees.find(root, path).orElse(null);
        return node != null && path.key().isPresent() && path.schema().kind() == NodeKind.LEAF_LIST
                ? new LeafNode(path.schema(), path.key().get().value(0))
                : node;
    }
}
