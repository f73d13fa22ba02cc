package io.auspex.netconfsouthbound;

import java.io.OutputStream;

/** Pushes what a transport writes into a session. */
final class SessionSink extends OutputStream {
    private final NetconfClientSession session;

    SessionSink(NetconfClientSession session) {
        this.session = session;
    }

    @Override
    public void write(int octet) {
        session.received(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        session.received(bytes, offset, count);
    }
}
