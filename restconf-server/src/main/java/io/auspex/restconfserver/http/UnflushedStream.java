package io.auspex.restconfserver.http;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on and flushes nothing: an encoder that flushes at its end must not cut a reply into more pieces. */
public final class UnflushedStream extends OutputStream {
    private final OutputStream out;

    public UnflushedStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }
}
