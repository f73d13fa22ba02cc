package io.auspex.datastore;

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
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPaths;
import org.jspecify.annotations.Nullable;

/**
 * A tree with the defaults in use, where it has no data, made while it is read (RFC 6243 §3.1, RFC 7950 §7.6.1): those of
 * configuration, in the cases that are chosen, whose conditions hold.
 */
public final class DefaultsShown {
    private DefaultsShown() {}

    /** A whole tree. */
    public static InnerNode of(InnerNode root) {
        return new Inner(root, XPathNode.root(root));
    }

    /** @param at the node in its tree */
    public static DataNode on(DataNode node, XPathNode at) {
        return switch (node) {
            case InnerNode inner -> new Inner(inner, at);
            case ListNode list -> new Entries(list, at);
            case LeafNode leaf -> leaf;
            case LeafListNode values -> values;
            case OpaqueNode opaque -> opaque;
        };
    }

    private static boolean isChosen(ChoiceCase member, InnerNode parent) {
        var choice = member.choice();
        return choice.enclosing().filter(outer -> !isChosen(outer, parent)).isEmpty()
                && (hasData(member, parent)
                        || (choice.defaultCase().filter(d -> d == member).isPresent()
                                && choice.cases().stream().noneMatch(c -> hasData(c, parent))));
    }

    private static boolean hasData(ChoiceCase member, InnerNode parent) {
        return member.members().stream().anyMatch(m -> parent.child(m) != null)
                || member.nested().stream().flatMap(n -> n.cases().stream()).anyMatch(c -> hasData(c, parent));
    }

    private static final class Inner extends InnerView {
        private final XPathNode at;

        Inner(InnerNode base, XPathNode at) {
            super(base);
            this.at = at;
        }

        @Override
        protected DataNode shown(DataNode child) {
            return child instanceof InnerNode inner ? new Inner(inner, at.below(inner)) : on(child, at);
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
                    || !(container || leaf)
                    || schema.inCase().filter(c -> !isChosen(c, base())).isPresent()
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
