package io.auspex.notifications;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.filter.FilterElement;
import io.auspex.yang.schema.Values;
import java.util.List;

/** Whether the elements of a subtree filter select anything of an event (RFC 6241 §6.2). */
final class SubtreeMatch {
    private SubtreeMatch() {}

    /** True when the sibling elements of a filter select anything in a node; none select nothing (RFC 6241 §6.4.2). */
    static boolean selects(List<FilterElement> elements, InnerNode node) {
        var contents = 0;
        for (var element : elements) {
            if (element.text() != null) {
                contents++;
                if (!matchesContent(element, node)) {
                    return false;
                }
            }
        }
        if (contents == elements.size()) {
            return contents > 0;
        }
        return elements.stream().anyMatch(e -> e.text() == null && selectsIn(e, node));
    }

    private static boolean isOf(FilterElement element, DataNode child) {
        var module = element.module();
        return child.schema().name().equals(element.name())
                && (module == null || child.schema().module().name().equals(module));
    }

    private static boolean matchesContent(FilterElement element, InnerNode node) {
        for (var child : node.children()) {
            if (isOf(element, child)) {
                return switch (child) {
                    case LeafNode leaf -> isSame(element, leaf.value());
                    case LeafListNode values -> {
                        for (var value : values) {
                            if (isSame(element, value)) {
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
    private static boolean isSame(FilterElement element, Object value) {
        var own = Values.text(value);
        return own.equals(element.text())
                || value instanceof io.auspex.yang.schema.Identity identity
                        && identity.name().equals(element.text());
    }

    private static boolean selectsIn(FilterElement element, InnerNode node) {
        for (var child : node.children()) {
            if (isOf(element, child)) {
                return element.children().isEmpty() || selectsBelow(element, child);
            }
        }
        return false;
    }

    private static boolean selectsBelow(FilterElement element, DataNode child) {
        return switch (child) {
            case InnerNode inner -> selects(element.children(), inner);
            case ListNode list -> {
                for (var entry : list) {
                    if (selects(element.children(), entry)) {
                        yield true;
                    }
                }
                yield false;
            }
            case LeafNode _, LeafListNode _, OpaqueNode _ -> false;
        };
    }
}
