package io.auspex.notifications;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.schema.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a subtree filter (RFC 6241 §6.2).
 *
 * @param module name of its module; null for any
 * @param text of a content match node; null for selection and containment nodes
 * @param children of a containment node; none for the others
 */
record SubtreeFilter(
        @Nullable String module, String name, @Nullable String text, List<SubtreeFilter> children) {
    SubtreeFilter {
        children = List.copyOf(children);
    }

    /** True when the sibling elements of a filter select anything in a node; none select nothing (RFC 6241 §6.4.2). */
    static boolean selects(List<SubtreeFilter> elements, InnerNode node) {
        var contents = 0;
        for (var element : elements) {
            if (element.text() != null) {
                contents++;
                if (!element.matchesContent(node)) {
                    return false;
                }
            }
        }
        if (contents == elements.size()) {
            return contents > 0;
        }
        return elements.stream().anyMatch(e -> e.text() == null && e.selectsIn(node));
    }

    private boolean isOf(DataNode child) {
        return child.schema().name().equals(name)
                && (module == null || child.schema().module().name().equals(module));
    }

    private boolean matchesContent(InnerNode node) {
        for (var child : node.children()) {
            if (isOf(child)) {
                return switch (child) {
                    case LeafNode leaf -> isSame(leaf.value());
                    case LeafListNode values -> {
                        for (var value : values) {
                            if (isSame(value)) {
                                yield true;
                            }
                        }
                        yield false;
                    }
                    case OpaqueNode _, InnerNode _, ListNode _ -> false;
                };
            }
        }
        return false;
    }

    /** Compares as text; the prefix of an identity counts only where the filter has one. */
    private boolean isSame(Object value) {
        var own = Values.text(value);
        return own.equals(text)
                || value instanceof io.auspex.yang.schema.Identity identity
                        && identity.name().equals(text);
    }

    private boolean selectsIn(InnerNode node) {
        for (var child : node.children()) {
            if (isOf(child)) {
                return children.isEmpty() || selectsBelow(child);
            }
        }
        return false;
    }

    private boolean selectsBelow(DataNode child) {
        return switch (child) {
            case InnerNode inner -> selects(children, inner);
            case ListNode list -> {
                for (var entry : list) {
                    if (selects(children, entry)) {
                        yield true;
                    }
                }
                yield false;
            }
            case LeafNode _, LeafListNode _, OpaqueNode _ -> false;
        };
    }
}
