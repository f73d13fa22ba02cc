package io.auspex.restconfserver.http;

import java.io.IOException;

/** The content of a request cannot be read to its end; the message is for the peer. */
public final class RequestFaultException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;

    public RequestFaultException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status that says so: 400, 408, 413. */
    public int status() {
        return status;
    }
}
