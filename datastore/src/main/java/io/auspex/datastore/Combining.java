package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Combines stored nodes: merging (RFC 6241 §7.2), replacing with what is equal kept, and setting a child. */
final class Combining {
    private static final Position UNCHANGED = new Position.Unchanged();

    private Combining() {}

    /** Sets a child; where it is new, the nodes of other cases of its choices go (RFC 7950 §7.9). */
    static TreeNode with(TreeNode node, DataNode child) {
        var cleared = node;
        var schema = child.schema();
        if (schema.inCase().isPresent() && node.child(schema) == null) {
            for (var in = schema.inCase().orElse(null);
                    in != null;
                    in = in.choice().enclosing().orElse(null)) {
                for (var other : in.choice().cases()) {
                    if (other != in) {
                        cleared = without(cleared, other.members(), other.nested());
                    }
                }
            }
        }
        return cleared.with(child);
    }

    private static TreeNode without(TreeNode node, List<SchemaNode> members, List<Choice> choices) {
        var rest = node;
        for (var member : members) {
            rest = rest.without(member);
        }
        for (var choice : choices) {
            for (var branch : choice.cases()) {
                rest = without(rest, branch.members(), branch.nested());
            }
        }
        return rest;
    }

    /** What is there, with the data of an edit winning where both have some. */
    static DataNode merge(DataNode there, DataNode data) {
        return switch (data) {
            case LeafNode leaf -> leaf.equals(there) ? there : leaf;
            case OpaqueNode opaque -> opaque.equals(there) ? there : opaque;
            case TreeLeafList values -> {
                var all = (TreeLeafList) there;
                for (var value : values) {
                    all = all.contains(value) ? all : all.with(value, UNCHANGED);
                }
                yield all;
            }
            case TreeList list -> {
                var all = (TreeList) there;
                for (var entry : list) {
                    var old = (TreeNode) all.entry(Objects.requireNonNull(entry.key()));
                    var merged = old == null ? entry : merge(old, (TreeNode) entry);
                    all = merged == old ? all : all.with((InnerNode) merged, UNCHANGED);
                }
                yield all;
            }
            case TreeNode node -> merge((TreeNode) there, node);
            default -> throw notStored(data);
        };
    }

    static TreeNode merge(TreeNode there, TreeNode data) {
        var result = there;
        for (var child : data.children()) {
            var old = result.child(child.schema());
            var merged = old == null ? child : merge(old, child);
            result = merged == old ? result : with(result, merged);
        }
        return result;
    }

    /** The new node, with every part that equals what was there replaced by just that; what was there when all does. */
    static DataNode sharing(DataNode there, DataNode data) {
        return switch (data) {
            case LeafNode leaf -> leaf.equals(there) ? there : leaf;
            case OpaqueNode opaque -> opaque.equals(there) ? there : opaque;
            case TreeLeafList values -> values.equals(there) ? there : values;
            case TreeList list -> sharing((TreeList) there, list);
            case TreeNode node -> sharing((TreeNode) there, node);
            default -> throw notStored(data);
        };
    }

    private static TreeNode sharing(TreeNode there, TreeNode data) {
        var children = new ArrayList<DataNode>();
        var same = there.children().size() == data.children().size();
        for (var child : data.children()) {
            var old = there.child(child.schema());
            var shared = old == null ? child : sharing(old, child);
            same &= shared == old;
            children.add(shared);
        }
        return same ? there : TreeNode.of(data.schema(), children);
    }

    private static TreeList sharing(TreeList there, TreeList data) {
        var entries = new ArrayList<InnerNode>(data.size());
        var same = there.size() == data.size();
        var before = there.iterator();
        for (var entry : data) {
            var old = there.entry(Objects.requireNonNull(entry.key()));
            var shared = old == null ? entry : (InnerNode) sharing(old, entry);
            same = same && before.next() == shared;
            entries.add(shared);
        }
        return same ? there : TreeList.of(data.schema(), entries);
    }

    private static IllegalArgumentException notStored(DataNode node) {
        return new IllegalArgumentException(node.schema() + " is a " + node.getClass() + ", which no datastore holds");
    }
}
