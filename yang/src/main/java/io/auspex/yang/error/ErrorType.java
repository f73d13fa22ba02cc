package io.auspex.yang.error;

import java.util.Locale;

/** The layer that an error occurred in (RFC 6241 §4.3). */
public enum ErrorType {
    TRANSPORT,
    RPC,
    PROTOCOL,
    APPLICATION;

    /** The name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
