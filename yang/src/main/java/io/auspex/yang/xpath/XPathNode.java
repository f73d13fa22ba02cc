package io.auspex.yang.xpath;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data node with the way up to its root, as XPath needs it (RFC 7950 §6.4.1): each list entry and each leaf-list value is
 * a node of its own.
 *
 * <p>Two are equal when they stand for the same node of the same tree.
 */
public final class XPathNode {
    private final @Nullable XPathNode parent;
    private final SchemaNode schema;
    private final @Nullable DataNode data;
    private final @Nullable Object value;
    private final @Nullable ListKey key;
    private final int place;

    private XPathNode(
            @Nullable XPathNode parent,
            SchemaNode schema,
            @Nullable DataNode data,
            @Nullable Object value,
            @Nullable ListKey key,
            int place) {
        this.parent = parent;
        this.schema = schema;
        this.data = data;
        this.value = value;
        this.key = key;
        this.place = place;
    }

    /** The root of a tree, or the input, output or notification that is evaluated by itself. */
    public static XPathNode root(InnerNode root) {
        return new XPathNode(null, root.schema(), root, null, null, 0);
    }

    /**
     * A container, leaf or opaque node below this node, or one entry of a list; also the input of an operation below the
     * root of the datastore, which then stands for the operation (RFC 7950 §6.4.1).
     */
    public XPathNode below(DataNode child) {
        return switch (child) {
            case LeafNode leaf -> new XPathNode(this, leaf.schema(), leaf, leaf.value(), null, 0);
            case InnerNode inner -> entry(inner, -1);
            case OpaqueNode opaque -> new XPathNode(this, opaque.schema(), opaque, null, null, 0);
            case ListNode list -> throw new IllegalArgumentException(list.schema() + ": a list is no node of XPath");
            case LeafListNode list ->
                throw new IllegalArgumentException(list.schema() + ": a leaf-list is no node of XPath");
        };
    }

    XPathNode entry(InnerNode entry, int position) {
        var entryKey = entry.schema().kind() == NodeKind.LIST ? entry.key() : null;
        return new XPathNode(this, entry.schema(), entry, null, entryKey, position);
    }

    /** One value of a leaf-list below this node, the {@code position}-th from 0. */
    public XPathNode below(SchemaNode leafList, Object entryValue, int position) {
        var entryKey = leafList.config() ? ListKey.of(entryValue) : null;
        return new XPathNode(this, leafList, null, entryValue, entryKey, position);
    }

    /** A node that is not there, in whose place a when condition is evaluated (RFC 7950 §7.21.5). */
    public XPathNode absent(SchemaNode child) {
        return new XPathNode(this, child, null, null, null, 0);
    }

    /** The node at a path; empty when there is none, and for a list or leaf-list as a whole. */
    public static Optional<XPathNode> find(InnerNode root, DataPath path) {
        var at = root(root);
        for (var step : path.steps()) {
            var next = at.step(step);
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    @Nullable
    XPathNode step(DataPath step) {
        if (!(data instanceof InnerNode inner)) {
            return null;
        }
        var child = inner.child(step.schema());
        var stepKey = step.key().orElse(null);
        return switch (child) {
            case null -> null;
            case ListNode list -> {
                var entry = stepKey == null ? null : list.entry(stepKey);
                yield entry == null ? null : below(entry);
            }
            case LeafListNode values ->
                stepKey != null && values.contains(stepKey.value(0))
                        ? below(values.schema(), stepKey.value(0), -1)
                        : null;
            case InnerNode container -> below(container);
            case LeafNode leaf -> below(leaf);
            case OpaqueNode opaque -> below(opaque);
        };
    }

    public Optional<XPathNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** The keys of an entry. */
    Optional<ListKey> key() {
        return Optional.ofNullable(key);
    }

    @Nullable
    XPathNode up() {
        return parent;
    }

    public SchemaNode schema() {
        return schema;
    }

    /** The value of a leaf or leaf-list entry. */
    public Optional<Object> value() {
        return Optional.ofNullable(value);
    }

    @Nullable
    Object typed() {
        return value;
    }

    @Nullable
    InnerNode inner() {
        return data instanceof InnerNode inner ? inner : null;
    }

    /** The node as data: of a leaf-list entry a leaf-list of one value; empty for an absent node. */
    public Optional<DataNode> data() {
        return data == null && value != null
                ? Optional.of(TreeLeafList.of(schema, java.util.List.of(value)))
                : Optional.ofNullable(data);
    }

    /** The path in its datastore. */
    public DataPath path() {
        if (parent == null) {
            return DataPath.root(schema);
        }
        var above = parent.path();
        if (schema.kind() == NodeKind.INPUT || schema.kind() == NodeKind.OUTPUT) {
            // the tree has no node for the operation itself
            above = above.child(schema.parent().orElseThrow());
        }
        return key == null ? above.child(schema) : above.entry(schema, key);
    }

    /** True for an entry whose first keys have these values. */
    boolean startsWith(ListKey firstKeys) {
        if (key == null) {
            return false;
        }
        for (var i = 0; i < firstKeys.size(); i++) {
            if (!key.value(i).equals(firstKeys.value(i))) {
                return false;
            }
        }
        return true;
    }

    /** Place among the entries of its list, from 0; where it is not known it is looked up. */
    private int position() {
        if (place >= 0 || parent == null || !(parent.data instanceof InnerNode holder)) {
            return place;
        }
        var count = 0;
        if (holder.child(schema) instanceof ListNode list) {
            for (var entry : list) {
                if (Objects.equals(entry.key(), key)) {
                    return count;
                }
                count++;
            }
        } else if (holder.child(schema) instanceof LeafListNode values) {
            for (var one : values) {
                if (one.equals(value)) {
                    return count;
                }
                count++;
            }
        }
        return -1;
    }

    private int depth() {
        var depth = 0;
        for (var at = parent; at != null; at = at.parent) {
            depth++;
        }
        return depth;
    }

    /** Document order (XPath 1.0 §5): schema order, entries in the order of their list. */
    static int compare(XPathNode a, XPathNode b) {
        var depthOfA = a.depth();
        var depthOfB = b.depth();
        var left = a;
        var right = b;
        for (var i = depthOfA; i > depthOfB; i--) {
            left = Objects.requireNonNull(left.parent);
        }
        for (var i = depthOfB; i > depthOfA; i--) {
            right = Objects.requireNonNull(right.parent);
        }
        if (left.equals(right)) {
            return Integer.compare(depthOfA, depthOfB);
        }
        while (left.parent != null && right.parent != null && !left.parent.equals(right.parent)) {
            left = left.parent;
            right = right.parent;
        }
        if (left.schema != right.schema) {
            return Integer.compare(left.schema.index(), right.schema.index());
        }
        if (left.key != null && right.key != null && !left.schema.userOrdered()) {
            return left.key.compareTo(right.key);
        }
        return Integer.compare(left.position(), right.position());
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof XPathNode)) {
            return false;
        }
        var a = this;
        var b = (XPathNode) o;
        while (a != b) {
            if (a.schema != b.schema
                    || !Objects.equals(a.key, b.key)
                    || (a.key == null && a.place != b.place)
                    || a.parent == null
                    || b.parent == null) {
                return a != null && b != null && a.parent == null && b.parent == null && a.schema == b.schema;
            }
            a = a.parent;
            b = b.parent;
        }
        return true;
    }

    @Override
    public int hashCode() {
        var hash = 1;
        for (var at = this; at != null; at = at.parent) {
            hash = hash * 31
                    + System.identityHashCode(at.schema)
                    + (at.key == null ? Math.max(at.place, 0) : at.key.hashCode());
        }
        return hash;
    }

    @Override
    public String toString() {
        return parent == null
                ? "/"
                : (parent.parent == null ? "" : parent) + "/" + schema.jsonName() + (key == null ? "" : key);
    }

    /** The text of a leaf's value as XPath sees it; empty where there is none. */
    String text() {
        return value == null ? "" : Values.text(value);
    }
}
