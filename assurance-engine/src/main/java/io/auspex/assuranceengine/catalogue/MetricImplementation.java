package io.auspex.assuranceengine.catalogue;

import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to read a metric from a device (RFC 9417 §3.4).
 *
 * @param module the YANG module that the device has to implement
 * @param revision the revision that the path was written for; others of the same module are tried after it
 * @param namespaces the path's prefixes
 * @param values what some of the device's values mean, by the device's text; others mean what they say
 * @param absent the device's texts that say that it does not know
 * @param scale factor from the device's number to the metric's unit
 * @param platform which devices it is for
 */
public record MetricImplementation(
        String module,
        @Nullable String revision,
        Map<String, String> namespaces,
        PathTemplate path,
        Map<String, String> values,
        Set<String> absent,
        double scale,
        Platform platform) {
    /** Longest text that is taken as a value, in characters. */
    public static final int LONGEST_TEXT = 1_024;

    private static final int LONGEST_NUMBER = 64;

    public MetricImplementation {
        namespaces = Map.copyOf(namespaces);
        values = Map.copyOf(values);
        absent = Set.copyOf(absent);
        for (String prefix : path.prefixes()) {
            if (!namespaces.containsKey(prefix)) {
                throw new IllegalArgumentException("the path's prefix '" + prefix + "' has no namespace");
            }
        }
    }

    /** An implementation for any device that has the module. */
    public MetricImplementation(
            String module,
            @Nullable String revision,
            Map<String, String> namespaces,
            PathTemplate path,
            Map<String, String> values,
            Set<String> absent,
            double scale) {
        this(module, revision, namespaces, path, values, absent, scale, Platform.ANY);
    }

    /** Module, revision and path, for people. */
    public String name() {
        return module + (revision == null ? "" : "@" + revision);
    }

    /** Whether the device says by this text that it does not know. */
    public boolean saysAbsent(String text) {
        return absent.contains(text.strip());
    }

    /** A leaf's text as a value of the metric's type; absent, with the reason, where it is none. */
    public Value read(String text, ValueType type) {
        String plain = text.strip();
        if (saysAbsent(text)) {
            return new Value.Absent("the device says '" + plain + "'");
        }
        String meant = values.getOrDefault(plain, plain);
        return switch (type) {
            case TEXT ->
                meant.length() > LONGEST_TEXT
                        ? new Value.Absent(
                                "text of " + meant.length() + " characters, expected at most " + LONGEST_TEXT)
                        : new Value.Text(meant);
            case BOOL ->
                meant.equals("true") || meant.equals("false")
                        ? new Value.Bool(meant.equals("true"))
                        : unreadable("bool", meant);
            case NUM -> number(meant);
        };
    }

    private Value number(String text) {
        try {
            // parseDouble also takes "NaN", "0x1p3" and "1d", which no YANG number is.
            if (text.length() <= LONGEST_NUMBER && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
                return Value.num(Double.parseDouble(text) * scale);
            }
        } catch (NumberFormatException e) {
            return unreadable("num", text);
        }
        return unreadable("num", text);
    }

    private static Value unreadable(String type, String text) {
        return new Value.Absent("expected a " + type + ", got '"
                + (text.length() > LONGEST_NUMBER ? text.substring(0, LONGEST_NUMBER) + "…" : text) + "'");
    }
}
