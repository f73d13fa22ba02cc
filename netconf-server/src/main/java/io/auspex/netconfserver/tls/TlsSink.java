package io.auspex.netconfserver.tls;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What a session writes to a TLS connection; knows how long a write has been under way. */
final class TlsSink extends FilterOutputStream {
    private volatile long since;

    TlsSink(OutputStream connection) {
        super(connection);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        since = System.nanoTime() | 1;
        try {
            out.write(bytes, offset, count);
        } finally {
            since = 0;
        }
    }

    /** Whether one write has taken longer than that. */
    boolean isStuck(long nanos) {
        var begun = since;
        return begun != 0 && System.nanoTime() - begun > nanos;
    }
}
