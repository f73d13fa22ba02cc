package io.auspex.yang.error;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The error-tags of RFC 6241 Appendix A. */
public enum ErrorTag {
    IN_USE,
    INVALID_VALUE,
    TOO_BIG,
    MISSING_ATTRIBUTE,
    BAD_ATTRIBUTE,
    UNKNOWN_ATTRIBUTE,
    MISSING_ELEMENT,
    BAD_ELEMENT,
    UNKNOWN_ELEMENT,
    UNKNOWN_NAMESPACE,
    ACCESS_DENIED,
    LOCK_DENIED,
    RESOURCE_DENIED,
    ROLLBACK_FAILED,
    DATA_EXISTS,
    DATA_MISSING,
    OPERATION_NOT_SUPPORTED,
    OPERATION_FAILED,
    PARTIAL_OPERATION,
    MALFORMED_MESSAGE;

    /** The name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The tag of a name on the wire. */
    public static Optional<ErrorTag> of(String wireName) {
        return Stream.of(values()).filter(t -> t.toString().equals(wireName)).findFirst();
    }
}
