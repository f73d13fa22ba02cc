package io.auspex.expressions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions on values; those on a metric's past are {@link WindowFunction}s. */
public enum Function {
    /** {@code present(x)}: whether x has a value. */
    PRESENT("present", 1),
    /** {@code orElse(x, y)}: x where it has a value, else y. */
    OR_ELSE("orElse", 2),
    /** {@code abs(x)}: the magnitude of x. */
    ABS("abs", 1),
    /** {@code lesser(x, y)}: the smaller of two numbers. */
    LESSER("lesser", 2),
    /** {@code greater(x, y)}: the greater of two numbers. */
    GREATER("greater", 2);

    private final String text;
    private final int arity;

    Function(String text, int arity) {
        this.text = text;
        this.arity = arity;
    }

    int arity() {
        return arity;
    }

    static Optional<Function> named(String name) {
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
