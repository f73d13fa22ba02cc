package io.auspex.expressions;

import java.util.Locale;
import java.util.Optional;

/** The types of the expression language. */
public enum ValueType {
    NUM,
    BOOL,
    TEXT;

    /** The type of this name ({@code num}, {@code bool}, {@code text}), or empty. */
    public static Optional<ValueType> named(String name) {
        for (ValueType type : values()) {
            if (type.toString().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
