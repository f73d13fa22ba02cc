package io.auspex.notifications.push;

import java.util.Locale;

/** The kinds of change that an on-change update tells of (RFC 8641, typedef change-type). */
public enum ChangeType {
    CREATE,
    DELETE,
    INSERT,
    MOVE,
    REPLACE;

    /** The name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a name on the wire, which the model has checked. */
    public static ChangeType of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
