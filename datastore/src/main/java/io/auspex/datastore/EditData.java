package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks the data of an edit and brings it into the form that datastores hold: immutable nodes that no datastore has a
 * version of yet, without containers and lists that hold nothing (RFC 7950 §7.5.1, §8.3.1).
 */
final class EditData {
    private EditData() {}

    /**
     * The node as it is stored; null when it holds nothing.
     *
     * @throws YangException when it has state, data of two cases of a choice, an entry without its keys or a key twice
     */
    static @Nullable DataNode stored(DataNode node, DataPath path) throws YangException {
        return switch (node) {
            case LeafNode leaf -> leaf;
            case OpaqueNode opaque -> opaque;
            case TreeLeafList values -> values.size() == 0 ? null : values;
            case LeafListNode values -> values(values, path);
            case ListNode list -> list(list, path);
            case InnerNode inner -> {
                var stored = inner(inner, path);
                yield stored.isEmpty() && Trees.isStructural(stored) ? null : stored;
            }
        };
    }

    private static @Nullable DataNode values(LeafListNode values, DataPath path) throws YangException {
        var all = new ArrayList<Object>();
        values.forEach(all::add);
        try {
            return all.isEmpty() ? null : TreeLeafList.of(values.schema(), all);
        } catch (IllegalArgumentException e) {
            throw new YangException(Failure.INVALID_VALUE, path, path + ": a value stands twice");
        }
    }

    private static @Nullable DataNode list(ListNode list, DataPath path) throws YangException {
        var entries = new ArrayList<InnerNode>();
        var keys = new java.util.HashSet<ListKey>();
        var same = list instanceof TreeList;
        var parent = path.parent().orElseThrow();
        for (var entry : list) {
            var key = key(entry, path);
            var at = parent.entry(list.schema(), key);
            if (!keys.add(key)) {
                throw new YangException(Failure.INVALID_VALUE, at, at + ": the entry stands twice");
            }
            var stored = inner(entry, at);
            same &= stored == entry;
            entries.add(stored);
        }
        return entries.isEmpty() ? null : same ? list : TreeList.of(list.schema(), entries);
    }

    /** The key of a list entry. */
    static ListKey key(InnerNode entry, DataPath path) throws YangException {
        var keys = entry.schema().keys();
        for (var leaf : keys) {
            if (!(entry.child(leaf) instanceof LeafNode)) {
                throw new YangException(
                        YangError.of(Failure.MISSING_ELEMENT, path, path + ": an entry without its key " + leaf.name())
                                .withInfo(ErrorInfo.badElement(leaf.name())));
            }
        }
        var key = entry.key();
        if (key == null) {
            throw new YangException(Failure.NOT_SUPPORTED, path, path + ": a list without key cannot be edited");
        }
        return key;
    }

    private static TreeNode inner(InnerNode node, DataPath path) throws YangException {
        var children = new ArrayList<DataNode>();
        var same = node instanceof TreeNode tree && tree.version() == 0;
        for (var child : node.children()) {
            var schema = child.schema();
            var at = path.child(schema);
            if (!schema.config()) {
                throw new YangException(
                        YangError.of(Failure.INVALID_VALUE, at, at + ": is state (config false) and cannot be edited")
                                .withInfo(ErrorInfo.badElement(schema.name())));
            }
            var stored = stored(child, at);
            same &= stored == child;
            if (stored != null) {
                children.add(stored);
            }
        }
        oneCase(node.schema(), children, path);
        return same ? (TreeNode) node : TreeNode.of(node.schema(), children);
    }

    private static void oneCase(SchemaNode parent, Iterable<DataNode> children, DataPath path) throws YangException {
        if (parent.choices().isEmpty()) {
            return;
        }
        var chosen = new HashMap<Object, ChoiceCase>();
        for (var child : children) {
            for (var in = child.schema().inCase().orElse(null);
                    in != null;
                    in = in.choice().enclosing().orElse(null)) {
                var other = chosen.putIfAbsent(in.choice(), in);
                if (other != null && other != in) {
                    throw new YangException(YangError.of(
                                    Failure.BAD_ELEMENT,
                                    path.child(child.schema()),
                                    path + ": has data of both case " + other.name() + " and case " + in.name()
                                            + " of choice " + in.choice().name())
                            .withInfo(ErrorInfo.badElement(child.schema().name())));
                }
            }
        }
    }
}
