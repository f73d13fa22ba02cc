package io.auspex.netconfserver.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * What a session writes to an SSH channel, one piece at a time: a piece is on its way before the next is taken, so a peer
 * that does not read costs one piece of memory, and after a deadline its session.
 */
final class ChannelSink extends OutputStream {
    private static final int PIECE = 32 << 10;

    private final IoOutputStream channel;
    private final Duration writeTime;
    private final byte[] buffer = new byte[PIECE];
    private int end;

    ChannelSink(IoOutputStream channel, Duration writeTime) {
        this.channel = channel;
        this.writeTime = writeTime;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        var from = offset;
        var left = count;
        while (left > 0) {
            if (end == PIECE) {
                flush();
            }
            var fits = Math.min(left, PIECE - end);
            System.arraycopy(bytes, from, buffer, end, fits);
            end += fits;
            from += fits;
            left -= fits;
        }
    }

    /** @throws IOException the channel is closed, or the peer did not take the bytes in time */
    @Override
    public void flush() throws IOException {
        if (end == 0) {
            return;
        }
        var piece = new ByteArrayBuffer(buffer.clone(), 0, end);
        end = 0;
        var written = channel.writeBuffer(piece);
        if (!written.await(writeTime)) {
            throw new IOException("the peer took nothing for " + writeTime.toSeconds() + " s");
        }
        if (!written.isWritten()) {
            throw new IOException("the channel is closed", written.getException());
        }
    }

    @Override
    public void close() {
        channel.close(true);
    }
}
