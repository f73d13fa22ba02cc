package io.auspex.yang.schema;

import org.jspecify.annotations.Nullable;

/** The error-message and error-app-tag of a range, length or pattern statement (RFC 7950 §7.5.4). */
public record Restriction(
        @Nullable String errorMessage, @Nullable String errorAppTag) {
    public static final Restriction NONE = new Restriction(null, null);

    InvalidValueException violated(String message, String defaultAppTag) {
        return new InvalidValueException(
                errorMessage == null ? message : errorMessage, errorAppTag == null ? defaultAppTag : errorAppTag);
    }
}
