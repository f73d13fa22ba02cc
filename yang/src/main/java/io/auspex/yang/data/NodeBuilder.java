package io.auspex.yang.data;

import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds an immutable tree from code by the names of its nodes; a wrong name or value is a fault of that code. */
public final class NodeBuilder {
    private final SchemaNode schema;
    private final Map<SchemaNode, DataNode> single = new LinkedHashMap<>();
    private final Map<SchemaNode, List<InnerNode>> lists = new LinkedHashMap<>();
    private final Map<SchemaNode, List<Object>> leafLists = new LinkedHashMap<>();

    private NodeBuilder(SchemaNode schema) {
        this.schema = schema;
    }

    /** The node of a schema node, its children given by a block. */
    public static TreeNode node(SchemaNode schema, Consumer<NodeBuilder> children) {
        var builder = new NodeBuilder(schema);
        children.accept(builder);
        return builder.build();
    }

    /** What is being built an instance of. */
    public SchemaNode schema() {
        return schema;
    }

    private SchemaNode schemaOf(String name) {
        var colon = name.indexOf(':');
        var found = colon < 0 ? schema.child(name) : schema.child(name.substring(0, colon), name.substring(colon + 1));
        return found.orElseThrow(() -> new IllegalArgumentException(schema + " has no child " + name));
    }

    /** A leaf; the name may be qualified, {@code module:name}. */
    public NodeBuilder leaf(String name, Object value) {
        var leaf = schemaOf(name);
        if (!leaf.type().accepts(value)) {
            throw new IllegalArgumentException(leaf + " takes no " + value);
        }
        single.put(leaf, new LeafNode(leaf, value));
        return this;
    }

    /** A leaf, when there is a value. */
    public NodeBuilder leaf(String name, Optional<?> value) {
        value.ifPresent(v -> leaf(name, (Object) v));
        return this;
    }

    /** A leaf by the canonical text of its value. */
    public NodeBuilder text(String name, String value) {
        try {
            return leaf(name, schemaOf(name).type().parse(value, _ -> Optional.empty()));
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(schemaOf(name) + ": " + e.getMessage(), e);
        }
    }

    /** One value of a leaf-list. */
    public NodeBuilder value(String leafList, Object value) {
        leafLists.computeIfAbsent(schemaOf(leafList), _ -> new ArrayList<>()).add(value);
        return this;
    }

    public NodeBuilder container(String name, Consumer<NodeBuilder> children) {
        var container = schemaOf(name);
        single.put(container, node(container, children));
        return this;
    }

    /** One entry of a list. */
    public NodeBuilder entry(String list, Consumer<NodeBuilder> children) {
        var schemaOfList = schemaOf(list);
        lists.computeIfAbsent(schemaOfList, _ -> new ArrayList<>()).add(node(schemaOfList, children));
        return this;
    }

    /** A node that is built already. */
    public NodeBuilder child(DataNode child) {
        single.put(child.schema(), child);
        return this;
    }

    private TreeNode build() {
        var children = new ArrayList<>(single.values());
        lists.forEach((list, entries) -> children.add(TreeList.of(list, entries)));
        leafLists.forEach((leafList, values) -> children.add(TreeLeafList.of(leafList, values)));
        return TreeNode.of(schema, children);
    }
}
