package io.auspex.yang.codec;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The operations of NETCONF edit-config (RFC 6241 §7.2). */
public enum EditOperation {
    MERGE,
    REPLACE,
    CREATE,
    DELETE,
    REMOVE,
    NONE;

    /** The name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operation of a name on the wire. */
    public static Optional<EditOperation> of(String wireName) {
        return Stream.of(values()).filter(o -> o.toString().equals(wireName)).findFirst();
    }

    boolean deletes() {
        return this == DELETE || this == REMOVE;
    }
}
