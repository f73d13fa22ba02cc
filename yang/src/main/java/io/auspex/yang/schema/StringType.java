package io.auspex.yang.schema;

import com.google.common.collect.RangeSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type string (RFC 7950 §9.4).
 *
 * @param lengths allowed lengths in characters (code points); empty when any
 * @param isXPath true for yang:xpath1.0 (RFC 6991 §3), whose value is kept with module names as prefixes
 */
public record StringType(
        RangeSet<Integer> lengths, Restriction lengthRestriction, List<PatternRule> patterns, boolean isXPath)
        implements ValueType {
    /** A prefix outside of a literal, which is not the name of an axis. */
    private static final Pattern PREFIX =
            Pattern.compile("\"[^\"]*+\"|'[^']*+'|(?<prefix>[\\p{L}_][\\p{L}\\p{N}_.-]*+):(?!:)");

    public StringType {
        patterns = List.copyOf(patterns);
    }

    private static String withModuleNames(String expression, Prefixes prefixes) {
        return PREFIX.matcher(expression).replaceAll(found -> {
            var prefix = found.group("prefix");
            var name = prefix == null
                    ? found.group()
                    : prefixes.module(prefix).map(ModuleInfo::name).orElse(prefix) + ":";
            return Matcher.quoteReplacement(name);
        });
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
        return isXPath ? withModuleNames(text, prefixes) : text;
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
