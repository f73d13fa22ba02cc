package io.auspex.yang.filter;

import io.auspex.yang.schema.Prefixes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a subtree filter as it was written (RFC 6241 §6.2).
 *
 * @param module name of its module, or the namespace where there is none of it; null for any
 * @param hasAttributes true when it asks for XML attributes, which no data has
 * @param text of a content match node; null for selection and containment nodes
 * @param prefixes that the text may use
 * @param children of a containment node; none for the others
 */
public record FilterElement(
        @Nullable String module,
        String name,
        boolean hasAttributes,
        @Nullable String text,
        Prefixes prefixes,
        List<FilterElement> children) {
    public FilterElement {
        children = List.copyOf(children);
    }
}
