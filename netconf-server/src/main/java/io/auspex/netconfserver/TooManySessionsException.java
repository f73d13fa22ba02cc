package io.auspex.netconfserver;

import java.io.IOException;

/** No session is opened because a limit of {@link SessionLimits} is reached. */
public final class TooManySessionsException extends IOException {
    private static final long serialVersionUID = 1;

    TooManySessionsException(String message) {
        super(message);
    }
}
