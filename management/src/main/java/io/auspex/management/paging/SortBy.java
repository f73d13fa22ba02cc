package io.auspex.management.paging;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By which leaf the entries of a list are sorted (draft-ietf-netconf-list-pagination §3.1.2, §3.1.3).
 *
 * @param path from the entry down to the leaf; empty for the values of a leaf-list themselves
 * @param locale whose order of strings counts; null for that of their characters
 */
public record SortBy(List<SchemaNode> path, @Nullable Locale locale) {
    public SortBy {
        path = List.copyOf(path);
    }

    /** The name of the locale: as RFC 5646 has it; {@code und} for the order of characters. */
    String localeName() {
        return locale == null ? Locale.ROOT.toLanguageTag() : locale.toLanguageTag();
    }

    /** The order of entries; those without a value come last. */
    Comparator<InnerNode> entries() {
        Comparator<Object> values = values();
        return Comparator.comparing(entry -> value(entry).orElse(null), Comparator.nullsLast(values));
    }

    /** The order of values. */
    Comparator<Object> values() {
        if (locale == null) {
            return Values::compare;
        }
        var collator = Collator.getInstance(locale);
        return (a, b) -> a instanceof String x && b instanceof String y ? collator.compare(x, y) : Values.compare(a, b);
    }

    private Optional<Object> value(InnerNode entry) {
        DataNode at = entry;
        for (var step : path) {
            at = at instanceof InnerNode inner ? inner.child(step) : null;
        }
        return at instanceof LeafNode leaf ? Optional.of(leaf.value()) : Optional.empty();
    }
}
