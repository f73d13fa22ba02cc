package io.auspex.yang.xpath;

import io.auspex.yang.data.Cases;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree that an expression sees. For constraints it has the defaults in use and all containers without presence, as
 * RFC 7950 §6.4.1 demands; for filters it is the data alone.
 */
final class Tree {
    private static final int MAX_NESTED_WHENS = 8;

    private final boolean completed;
    private final XPathBudget budget;
    private int nestedWhens;

    Tree(boolean completed, XPathBudget budget) {
        this.completed = completed;
        this.budget = budget;
    }

    XPathBudget budget() {
        return budget;
    }

    boolean completed() {
        return completed;
    }

    /** All children in document order. */
    List<XPathNode> children(XPathNode node) {
        var inner = node.inner();
        if (inner == null) {
            return List.of();
        }
        var children = new ArrayList<XPathNode>();
        if (completed) {
            for (var schema : inner.schema().children()) {
                add(node, inner, schema, children);
            }
        } else {
            for (var child : inner.children()) {
                add(node, child, children);
            }
        }
        return children;
    }

    /** The children of one schema node. */
    List<XPathNode> children(XPathNode node, SchemaNode schema) {
        var inner = node.inner();
        if (inner == null) {
            return List.of();
        }
        var children = new ArrayList<XPathNode>();
        add(node, inner, schema, children);
        return children;
    }

    private void add(XPathNode node, InnerNode inner, SchemaNode schema, List<XPathNode> children) {
        var child = inner.child(schema);
        if (child != null) {
            add(node, child, children);
        } else if (completed) {
            complete(node, inner, schema, children);
        }
    }

    private void add(XPathNode node, DataNode child, List<XPathNode> children) {
        switch (child) {
            case ListNode list -> {
                var place = 0;
                for (var entry : list) {
                    budget.spend(1);
                    children.add(node.entry(entry, place++));
                }
            }
            case LeafListNode values -> {
                var place = 0;
                for (var value : values) {
                    budget.spend(1);
                    children.add(node.below(values.schema(), value, place++));
                }
            }
            default -> {
                budget.spend(1);
                children.add(node.below(child));
            }
        }
    }

    private void complete(XPathNode node, InnerNode inner, SchemaNode schema, List<XPathNode> children) {
        var structural = schema.kind() == NodeKind.CONTAINER && !schema.presence();
        if (!structural && schema.defaults().isEmpty() || !Cases.inUse(schema, inner) || !applies(node, schema)) {
            return;
        }
        budget.spend(1);
        if (structural) {
            children.add(node.below(TreeNode.empty(schema)));
        } else if (schema.kind() == NodeKind.LEAF) {
            children.add(node.below(new LeafNode(schema, schema.defaults().getFirst())));
        } else {
            var place = 0;
            for (var value : schema.defaults()) {
                children.add(node.below(schema, value, place++));
            }
        }
    }

    /** A child that is in use without being stored; null when there is none. */
    @Nullable
    XPathNode implied(XPathNode node, DataPath step) {
        var inner = node.inner();
        if (inner == null || inner.child(step.schema()) != null) {
            return null;
        }
        var children = new ArrayList<XPathNode>();
        complete(node, inner, step.schema(), children);
        return children.stream()
                .filter(c -> c.key().equals(step.key()))
                .findFirst()
                .orElse(null);
    }

    private boolean applies(XPathNode node, SchemaNode schema) {
        if (schema.whens().isEmpty() || nestedWhens >= MAX_NESTED_WHENS) {
            return true;
        }
        nestedWhens++;
        try {
            for (var when : schema.whens()) {
                var context = when.onParent() ? node : node.absent(schema);
                if (!XPaths.compiled(when, schema).truth(context, this)) {
                    return false;
                }
            }
            return true;
        } finally {
            nestedWhens--;
        }
    }

    /** The entry of a key; null when there is none. */
    @Nullable
    XPathNode entry(XPathNode node, SchemaNode list, ListKey key) {
        budget.spend(1);
        var inner = node.inner();
        var entry = inner != null && inner.child(list) instanceof ListNode entries ? entries.entry(key) : null;
        return entry == null ? null : node.entry(entry, -1);
    }

    /** The entries whose first keys have the given values; null when the list cannot tell without reading all. */
    @Nullable
    List<XPathNode> entriesFrom(XPathNode node, SchemaNode list, ListKey firstKeys) {
        var inner = node.inner();
        if (inner == null || !(inner.child(list) instanceof TreeList.ByKey entries)) {
            return null;
        }
        var found = new ArrayList<XPathNode>();
        for (var sorted = entries.iteratorFrom(firstKeys); sorted.hasNext(); ) {
            var entry = node.entry(sorted.next(), -1);
            budget.spend(1);
            if (!entry.startsWith(firstKeys)) {
                break;
            }
            found.add(entry);
        }
        return found;
    }
}
