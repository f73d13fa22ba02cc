package io.auspex.restconfserver.http;

import java.io.OutputStream;

/** Where a streamed reply is written; a write waits while the peer does not take what was written before. */
public abstract class ReplyBody extends OutputStream {
    /** Calls back, on any thread and at most once, when the peer goes before the reply is complete. */
    public abstract void onDisconnect(Runnable action);
}
