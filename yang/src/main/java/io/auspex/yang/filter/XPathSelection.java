package io.auspex.yang.filter;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes that an XPath filter selects, with what is below them, their ancestors and the keys of those (RFC 6241 §8.9). */
public final class XPathSelection {
    private final Map<XPathNode, XPathSelection> children = new LinkedHashMap<>();
    private boolean whole;

    private XPathSelection() {}

    /**
     * What an expression selects of a root.
     *
     * @throws YangException the expression gives no nodes or visits too many
     */
    public static InnerNode of(InnerNode root, XPath expression) throws YangException {
        return of(root, expression, Selected.WHOLE);
    }

    /** As {@link #of(InnerNode, XPath)}, with something done to the nodes that are selected. */
    public static InnerNode of(InnerNode root, XPath expression, Selected selected) throws YangException {
        var top = XPathNode.root(root);
        var selection = new XPathSelection();
        for (var node : expression.select(top, XPathBudget.standard())) {
            selection.add(node);
        }
        return (InnerNode) selection.data(top, selected);
    }

    /** The paths of the nodes that an expression selects; errors as for {@link #of(InnerNode, XPath)}. */
    public static List<DataPath> paths(InnerNode root, XPath expression) throws YangException {
        var paths = new ArrayList<DataPath>();
        for (var node : expression.select(XPathNode.root(root), XPathBudget.standard())) {
            paths.add(node.path());
        }
        return paths;
    }

    private void add(XPathNode node) {
        var way = new ArrayList<XPathNode>();
        for (var at = node; at.parent().isPresent(); at = at.parent().get()) {
            way.add(at);
        }
        var at = this;
        for (var step : way.reversed()) {
            at = at.children.computeIfAbsent(step, _ -> new XPathSelection());
        }
        at.whole = true;
    }

    private DataNode data(XPathNode node, Selected selected) {
        var data = node.data().orElseThrow();
        if (whole || !(data instanceof InnerNode inner)) {
            return selected.node(data);
        }
        var single = new LinkedHashMap<SchemaNode, DataNode>();
        for (var key : inner.schema().keys()) {
            var leaf = inner.child(key);
            if (leaf != null) {
                single.put(key, leaf);
            }
        }
        var entries = new LinkedHashMap<SchemaNode, List<InnerNode>>();
        var values = new LinkedHashMap<SchemaNode, List<Object>>();
        children.forEach((child, selection) -> {
            var part = selection.data(child, selected);
            switch (child.schema().kind()) {
                case LIST ->
                    entries.computeIfAbsent(child.schema(), _ -> new ArrayList<>())
                            .add((InnerNode) part);
                case LEAF_LIST ->
                    ((LeafListNode) part)
                            .forEach(v -> values.computeIfAbsent(child.schema(), _ -> new ArrayList<>())
                                    .add(v));
                default -> single.put(child.schema(), part);
            }
        });
        entries.forEach((schema, all) -> single.put(schema, TreeList.of(schema, all)));
        values.forEach((schema, all) -> single.put(schema, TreeLeafList.of(schema, all)));
        return TreeNode.of(inner.schema(), single.values());
    }
}
