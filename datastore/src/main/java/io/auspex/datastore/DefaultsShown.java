package io.auspex.datastore;

import io.auspex.yang.data.Cases;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.Shown;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPaths;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A tree with the defaults in use, where it has no data, made while it is read (RFC 6243 §3.1, RFC 7950 §7.6.1): those of
 * configuration, in the cases that are chosen, whose conditions hold.
 */
public final class DefaultsShown {
    /** Whether there is a default at or below a node, and whether one that hangs on other data. */
    private record Below(boolean any, boolean conditional) {}

    private static final Map<SchemaNode, Below> BELOW = new ConcurrentHashMap<>();

    private DefaultsShown() {}

    /** A whole tree. */
    public static InnerNode of(InnerNode root) {
        return below(root.schema()).any() ? new Inner(root, XPathNode.root(root)) : root;
    }

    /**
     * The node at and below which other defaults may be in use when a node has changed: the entry or the node at the top that it
     * is in, where defaults there hang on a choice or a condition. Conditions on data elsewhere are not looked at.
     */
    public static DataPath affectedBy(DataPath changed) {
        if (changed.isRoot() || !below(changed.steps().getFirst().schema()).conditional()) {
            return changed;
        }
        var above = changed.parent().orElseThrow();
        while (!above.isRoot() && above.key().isEmpty()) {
            above = above.parent().orElseThrow();
        }
        return above.isRoot() ? DataPath.of(changed.steps().getFirst().schema()) : above;
    }

    private static Below below(SchemaNode schema) {
        var known = BELOW.get(schema);
        if (known == null) {
            var any = schema.isLeafLike() && !schema.defaults().isEmpty();
            var conditional = false;
            for (var child : schema.children()) {
                if (child.config()) {
                    var below = below(child);
                    any |= below.any();
                    conditional |= below.conditional()
                            || (below.any()
                                    && (child.inCase().isPresent()
                                            || !child.whens().isEmpty()));
                }
            }
            known = new Below(any, conditional);
            BELOW.put(schema, known);
        }
        return known;
    }

    /** @param at the node in its tree */
    public static DataNode on(DataNode node, XPathNode at) {
        if (!below(node.schema()).any()) {
            return node;
        }
        return switch (node) {
            case InnerNode inner -> new Inner(inner, at);
            case ListNode list -> new Entries(list, at);
            case LeafNode leaf -> leaf;
            case LeafListNode values -> values;
            case OpaqueNode opaque -> opaque;
        };
    }

    private static final class Inner extends InnerView {
        private final XPathNode at;

        Inner(InnerNode base, XPathNode at) {
            super(base);
            this.at = at;
        }

        @Override
        protected DataNode shown(DataNode child) {
            return on(child, child instanceof InnerNode inner ? at.below(inner) : at);
        }

        @Override
        public @Nullable DataNode child(SchemaNode schema) {
            var child = base().child(schema);
            return child == null ? implied(schema) : shown(child);
        }

        private @Nullable DataNode implied(SchemaNode schema) {
            var container = schema.kind() == NodeKind.CONTAINER && !schema.presence();
            var leaf = schema.isLeafLike() && !schema.defaults().isEmpty();
            if (!schema.config()
                    || !(container && below(schema).any() || leaf)
                    || !Cases.inUse(schema, base())
                    || !holds(schema)) {
                return null;
            }
            if (leaf) {
                return Defaults.of(schema);
            }
            var empty = TreeNode.empty(schema);
            var inner = new Inner(empty, at.below(empty));
            return inner.children().iterator().hasNext() ? inner : null;
        }

        private boolean holds(SchemaNode schema) {
            for (var when : schema.whens()) {
                try {
                    if (!XPaths.test(when, schema, at, null, XPathBudget.standard())) {
                        return false;
                    }
                } catch (YangException _) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Iterable<DataNode> children() {
            return () -> new Shown<>(schema().children().iterator(), this::child);
        }
    }

    private static final class Entries extends ListView {
        private final XPathNode parent;

        Entries(ListNode base, XPathNode parent) {
            super(base);
            this.parent = parent;
        }

        @Override
        protected InnerNode shown(InnerNode entry) {
            return new Inner(entry, parent.below(entry));
        }

        @Override
        public int size() {
            return base().size();
        }
    }
}
