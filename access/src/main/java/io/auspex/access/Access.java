package io.auspex.access;

import java.util.Locale;

/** The access operations that rules permit and deny (RFC 8341 §3.2.2). */
public enum Access {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    EXEC;

    boolean isWrite() {
        return this == CREATE || this == UPDATE || this == DELETE;
    }

    /** The name of its bit in access-operations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
