package io.auspex.yang.schema;

import com.google.common.collect.RangeSet;
import java.util.List;

/**
 * The type string (RFC 7950 §9.4).
 *
 * @param lengths allowed lengths in characters (code points); empty when any
 */
public record StringType(RangeSet<Integer> lengths, Restriction lengthRestriction, List<PatternRule> patterns)
        implements ValueType {
    public StringType {
        patterns = List.copyOf(patterns);
    }

    @Override
    public String name() {
        return "string";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        if (!lengths.isEmpty() && !lengths.contains(text.codePointCount(0, text.length()))) {
            throw lengthRestriction.violated(
                    "'" + Text.shown(text) + "' has " + text.codePointCount(0, text.length())
                            + " characters, allowed are " + Text.ranges(lengths),
                    "");
        }
        for (var pattern : patterns) {
            if (!pattern.allows(text)) {
                throw pattern.restriction()
                        .violated("'" + Text.shown(text) + "' does not match the pattern " + pattern.expression(), "");
            }
        }
        return text;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof String s
                && (lengths.isEmpty() || lengths.contains(s.codePointCount(0, s.length())))
                && patterns.stream().allMatch(p -> p.allows(s));
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }
}
