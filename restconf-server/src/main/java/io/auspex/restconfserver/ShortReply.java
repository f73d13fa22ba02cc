package io.auspex.restconfserver;

import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.ReplyBody;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a reply whole at once, as long as it is short. */
final class ShortReply extends ReplyBody {
    private static final int FIRST = 512;
    private static final int MOST = 16 << 10;

    private byte[] bytes = new byte[FIRST];
    private int length;

    private ShortReply() {}

    /** Says that the content is too long. */
    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** The reply with its content in memory; null when that has more than 16 KiB. */
    static @Nullable HttpReply of(HttpReply reply) throws IOException, InterruptedException {
        if (!(reply instanceof HttpReply.Streamed streamed)) {
            return reply;
        }
        var body = new ShortReply();
        try {
            streamed.content().writeTo(body);
        } catch (TooLong _) {
            return null;
        }
        return new HttpReply.Whole(streamed.status(), streamed.headers(), Arrays.copyOf(body.bytes, body.length));
    }

    private void reserve(int more) throws IOException {
        var needed = length + more;
        if (needed > MOST) {
            throw new TooLong();
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MOST, Math.max(needed, bytes.length * 2)));
        }
    }

    @Override
    public void write(int b) throws IOException {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    @Override
    public void onDisconnect(Runnable action) {}
}
