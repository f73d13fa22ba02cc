package io.auspex.datastore;

import java.util.Locale;

/** Where configuration in the operational datastore comes from (RFC 8342 §5.3.4). */
public enum Origin {
    /** What somebody has configured. */
    INTENDED,
    /** What the system itself has made. */
    SYSTEM,
    /** What was learned from other systems. */
    LEARNED,
    /** A default in use. */
    DEFAULT;

    /** Its identity, {@code module:name}. */
    public String identity() {
        return "ietf-origin:" + name().toLowerCase(Locale.ROOT);
    }
}
