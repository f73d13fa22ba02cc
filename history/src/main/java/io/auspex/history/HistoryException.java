package io.auspex.history;

import java.io.Serial;

/** The history cannot be asked now. */
public final class HistoryException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
