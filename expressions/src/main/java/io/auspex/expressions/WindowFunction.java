package io.auspex.expressions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions on a metric's past; all but {@link #AGE} look at a span that ends at the newest sample. */
public enum WindowFunction {
    /** Increase of a counter per second; resets are left out, wraps are counted. */
    RATE("rate", true, true),
    /** Mean of the samples. */
    AVG("avg", true, true),
    /** Smallest sample. */
    MIN("min", true, true),
    /** Greatest sample. */
    MAX("max", true, true),
    /** How often the value changed from one sample to the next. */
    CHANGES("changes", true, false),
    /** Seconds since the newest sample. */
    AGE("age", false, false);

    private final String text;
    private final boolean spanned;
    private final boolean numeric;

    WindowFunction(String text, boolean spanned, boolean numeric) {
        this.text = text;
        this.spanned = spanned;
        this.numeric = numeric;
    }

    /** Whether the function takes a span of time as its second argument. */
    public boolean spanned() {
        return spanned;
    }

    /** Whether the function applies to metrics of type num only. */
    public boolean numeric() {
        return numeric;
    }

    static Optional<WindowFunction> named(String name) {
        return Arrays.stream(values()).filter(f -> f.text.equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(f -> f.text).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
