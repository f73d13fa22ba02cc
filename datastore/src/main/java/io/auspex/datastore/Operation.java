package io.auspex.datastore;

import java.util.Locale;

/** What an edit does to its target (RFC 6241 §7.2, RFC 8072 §2.5). */
public enum Operation {
    /** Combine with what is there; where the edit has data, it wins. */
    MERGE,
    /** Put in place of what is there, or create it. */
    REPLACE,
    /** Create; an error, data-exists, when it is there. */
    CREATE,
    /** Delete; an error, data-missing, when it is not there. */
    DELETE,
    /** Delete when it is there. */
    REMOVE,
    /** Leave as it is; its descendants may have operations of their own. */
    NONE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
