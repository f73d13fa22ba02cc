package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An inner node while it is read: refuses a child that stands twice, two cases of one choice and a list entry without its
 * keys, and knows the path of each node for error messages.
 */
final class NodeCollector {
    private final @Nullable NodeCollector parent;
    private final @Nullable DataPath base;
    private final SchemaNode schema;
    private final MessagePlace place;
    private final List<DataNode> children;
    private final BitSet seen;
    private @Nullable BitSet inCases;
    private @Nullable Map<SchemaNode, List<DataNode>> scattered;
    private @Nullable Map<SchemaNode, Metadata.Tags> annotated;
    private @Nullable Map<SchemaNode, List<Object>> listed;

    private NodeCollector(
            @Nullable NodeCollector parent, @Nullable DataPath base, SchemaNode schema, MessagePlace place) {
        this.parent = parent;
        this.base = base;
        this.schema = schema;
        this.place = place;
        var size = schema.children().size();
        this.children = new ArrayList<>(Math.min(size, 16));
        this.seen = new BitSet(size);
    }

    /** The node of a known path. */
    static NodeCollector at(DataPath path, MessagePlace place) {
        return new NodeCollector(null, path, path.schema(), place);
    }

    /** A container, or one entry of a list, below this node. */
    NodeCollector below(SchemaNode child) {
        return new NodeCollector(this, null, child, place);
    }

    SchemaNode schema() {
        return schema;
    }

    DataPath path() {
        if (base != null || parent == null) {
            return base == null ? DataPath.root(schema) : base;
        }
        var key = schema.kind() == NodeKind.LIST ? key() : null;
        return key == null ? parent.path().child(schema) : parent.path().entry(schema, key);
    }

    private @Nullable ListKey key() {
        var keys = schema.keys();
        var values = new Object[keys.size()];
        for (var child : children) {
            if (child instanceof LeafNode leaf && leaf.schema().index() < values.length) {
                values[leaf.schema().index()] = leaf.value();
            }
        }
        for (var value : values) {
            if (value == null) {
                return null;
            }
        }
        return values.length == 0 ? null : ListKey.of(values);
    }

    /** Takes note that a child begins, once for all entries of a list. */
    void begin(SchemaNode child) throws YangException {
        if (seen.get(child.index())) {
            throw refused(Failure.BAD_ELEMENT, child, "stands twice");
        }
        seen.set(child.index());
        exclude(child);
    }

    /** Takes note of a child that is to be deleted, beside which other cases of its choice may stand. */
    void beginDeleted(SchemaNode child) throws YangException {
        if (seen.get(child.index())) {
            throw refused(Failure.BAD_ELEMENT, child, "stands twice");
        }
        seen.set(child.index());
    }

    /** Takes note of one more entry of a list or leaf-list, whose entries may be scattered (RFC 7950 §7.8.5). */
    void beginEntry(SchemaNode list, boolean deleted) throws YangException {
        seen.set(list.index());
        if (!deleted) {
            exclude(list);
        }
    }

    private void exclude(SchemaNode child) throws YangException {
        var inCase = child.inCase();
        if (inCase.isEmpty()) {
            return;
        }
        if (inCases == null) {
            inCases = new BitSet();
        }
        for (var i = inCases.nextSetBit(0); i >= 0; i = inCases.nextSetBit(i + 1)) {
            var other = schema.children().get(i);
            if (other != child && rivals(inCase.get(), other)) {
                throw refused(
                        Failure.BAD_ELEMENT,
                        child,
                        "stands beside " + other.jsonName() + ", which is of another case of the same choice");
            }
        }
        inCases.set(child.index());
    }

    private static boolean rivals(ChoiceCase one, SchemaNode other) {
        for (var a = one; a != null; a = a.choice().enclosing().orElse(null)) {
            for (var b = other.inCase().orElse(null);
                    b != null;
                    b = b.choice().enclosing().orElse(null)) {
                if (a.choice() == b.choice()) {
                    return a != b;
                }
            }
        }
        return false;
    }

    /** Takes note of metadata of a child or of this node itself, which may stand before it. */
    void annotated(SchemaNode node, Metadata.Tags tags) throws YangException {
        if (annotated == null) {
            annotated = new LinkedHashMap<>();
        }
        if (annotated.putIfAbsent(node, tags) != null) {
            throw fault(Failure.BAD_ELEMENT, "the metadata of " + node.jsonName() + " stands twice");
        }
    }

    private void checkMetadata(TreeNode node) throws YangException {
        if (annotated == null) {
            return;
        }
        for (var entry : annotated.entrySet()) {
            var child = entry.getKey();
            var tags = entry.getValue();
            if (child.kind() == NodeKind.LEAF_LIST) {
                checkMetadata(child, tags);
                continue;
            }
            var value = child == schema ? node : node.child(child);
            if (value == null) {
                throw refused(Failure.MISSING_ELEMENT, child, "has metadata, but does not stand here");
            }
            if (tags.defaults().get(0)) {
                checkDefault(value);
            }
        }
    }

    private void checkMetadata(SchemaNode leafList, Metadata.Tags tags) throws YangException {
        var values = listed == null ? null : listed.get(leafList);
        if (values == null) {
            throw refused(Failure.MISSING_ELEMENT, leafList, "has metadata, but does not stand here");
        }
        if (tags.count() > values.size()) {
            throw fault(
                    Failure.INVALID_VALUE,
                    leafList,
                    "has metadata of " + tags.count() + " values, but " + values.size() + " of them");
        }
        if (!tags.defaults().stream().allMatch(i -> leafList.defaults().contains(values.get(i)))) {
            throw fault(Failure.INVALID_VALUE, leafList, "is tagged as default, but is not the default value");
        }
    }

    /** Refuses a node that is tagged as default, but is not. */
    void checkDefault(DataNode node) throws YangException {
        if (!Metadata.isDefault(node)) {
            var at = node.schema() == schema ? path() : path().child(node.schema());
            throw fault(Failure.INVALID_VALUE, at, "is tagged as default, but is not the default value");
        }
    }

    void add(DataNode child) {
        children.add(child);
    }

    /** One entry of a list, or a leaf-list entry as a leaf, which {@link #build} puts together with the others. */
    void addEntry(SchemaNode list, DataNode entry) {
        if (scattered == null) {
            scattered = new LinkedHashMap<>();
        }
        scattered.computeIfAbsent(list, _ -> new ArrayList<>()).add(entry);
    }

    /** The list of entries read; nothing where there are none. */
    void addList(SchemaNode list, List<? extends InnerNode> entries) throws YangException {
        if (entries.isEmpty()) {
            return;
        }
        try {
            children.add(TreeList.of(list, entries));
        } catch (IllegalArgumentException e) {
            var keys = new HashSet<ListKey>();
            for (var entry : entries) {
                var key = entry.key();
                if (key != null && !keys.add(key)) {
                    throw fault(Failure.BAD_ELEMENT, path().entry(list, key), "two entries have this key");
                }
            }
            throw e;
        }
    }

    /** The leaf-list of values in the order of the message; nothing where there are none. */
    void addLeafList(SchemaNode leafList, List<Object> values) throws YangException {
        if (listed == null) {
            listed = new HashMap<>();
        }
        listed.put(leafList, values);
        if (values.isEmpty()) {
            return;
        }
        try {
            children.add(TreeLeafList.of(leafList, values));
        } catch (IllegalArgumentException e) {
            var known = new HashSet<>();
            for (var value : values) {
                if (!known.add(value)) {
                    throw fault(
                            Failure.BAD_ELEMENT, path().entry(leafList, ListKey.of(value)), "the value stands twice");
                }
            }
            throw e;
        }
    }

    TreeNode build() throws YangException {
        if (schema.kind() == NodeKind.LIST) {
            for (var key : schema.keys()) {
                if (!seen.get(key.index())) {
                    var error = fault(Failure.MISSING_ELEMENT, path(), "the entry has no key leaf " + key.name());
                    throw new YangException(error.first().withInfo(ErrorInfo.badElement(key.name())));
                }
            }
        }
        if (scattered != null) {
            for (var list : scattered.entrySet()) {
                if (list.getKey().kind() == NodeKind.LIST) {
                    addList(
                            list.getKey(),
                            list.getValue().stream().map(InnerNode.class::cast).toList());
                } else {
                    addLeafList(
                            list.getKey(),
                            list.getValue().stream()
                                    .map(n -> ((LeafNode) n).value())
                                    .toList());
                }
            }
        }
        var node = TreeNode.ofDistinct(schema, children);
        checkMetadata(node);
        return node;
    }

    /** An error on this node. */
    YangException fault(Failure failure, String what) {
        return fault(failure, path(), what);
    }

    /** An error on a child. */
    YangException fault(Failure failure, SchemaNode child, String what) {
        return fault(failure, path().child(child), what);
    }

    /** An error on a child that may not stand here, whose name is told apart (RFC 6241 Appendix A). */
    YangException refused(Failure failure, SchemaNode child, String what) {
        var error = fault(failure, child, what).first();
        return new YangException(error.withInfo(ErrorInfo.badElement(child.name())));
    }

    YangException fault(Failure failure, DataPath path, String what) {
        return new YangException(
                YangError.of(failure, path, (path.isRoot() ? "/" : path) + " (" + place.text() + "): " + what));
    }
}
