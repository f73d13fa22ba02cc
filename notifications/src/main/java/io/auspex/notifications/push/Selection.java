package io.auspex.notifications.push;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.filter.SubtreeFilter;
import io.auspex.yang.filter.XPathSelection;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPath;
import java.util.Set;

/** The part of a datastore that a subscription is to (RFC 8641 §3.6); two of equal text select the same. */
public sealed interface Selection {
    /** What identifies the selection. */
    String text();

    /**
     * What is selected of a root; made while it is read, or a copy where the data decide what is selected.
     *
     * @throws YangException when that is too much work
     */
    InnerNode of(InnerNode root) throws YangException;

    /** True when the path of a node tells whether it is selected, whatever the data. */
    boolean isByPath();

    /** True when something at, above or below a path may be selected. */
    boolean touches(DataPath path);

    /** True when the node at a path is known to be selected with all that is below it. */
    boolean selects(DataPath path);

    /** All of the datastore. */
    record All() implements Selection {
        @Override
        public String text() {
            return "/";
        }

        @Override
        public InnerNode of(InnerNode root) {
            return root;
        }

        @Override
        public boolean isByPath() {
            return true;
        }

        @Override
        public boolean touches(DataPath path) {
            return true;
        }

        @Override
        public boolean selects(DataPath path) {
            return true;
        }
    }

    /** What a subtree filter, or an expression of plain paths, selects. */
    record BySubtree(String text, SubtreeFilter filter) implements Selection {
        @Override
        public InnerNode of(InnerNode root) {
            return filter.of(root);
        }

        @Override
        public boolean isByPath() {
            return filter.isByPath();
        }

        @Override
        public boolean touches(DataPath path) {
            return filter.touches(path);
        }

        @Override
        public boolean selects(DataPath path) {
            return filter.selects(path);
        }
    }

    /**
     * What an expression selects that looks at more than paths.
     *
     * @param reach the schema nodes that it may visit
     */
    record ByXPath(String text, XPath expression, Set<SchemaNode> reach) implements Selection {
        @Override
        public InnerNode of(InnerNode root) throws YangException {
            return XPathSelection.of(root, expression, Trees::copy);
        }

        @Override
        public boolean isByPath() {
            return false;
        }

        @Override
        public boolean touches(DataPath path) {
            return path.steps().stream().anyMatch(s -> reach.contains(s.schema()));
        }

        @Override
        public boolean selects(DataPath path) {
            return path.key().isPresent();
        }
    }
}
