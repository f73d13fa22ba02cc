package io.auspex.devicesimulator;

import io.auspex.netconfserver.SessionTap;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** The faults of a device that its sessions show: late, malformed and cut replies. */
final class WireFaults implements SessionTap {
    private static final int CUT_AFTER = 48;

    private volatile Duration delay = Duration.ZERO;
    private volatile boolean malformed;
    private volatile boolean cut;

    void delay(Duration time) {
        delay = time;
    }

    void malformed(boolean on) {
        malformed = on;
    }

    void cut(boolean on) {
        cut = on;
    }

    @Override
    public void before(String operation) throws InterruptedException {
        Thread.sleep(delay);
    }

    @Override
    public OutputStream output(OutputStream transport) {
        return new FaultyOutput(transport);
    }

    /** Lets the hello through; every later message as the faults of its time have it. */
    private final class FaultyOutput extends FilterOutputStream {
        private boolean greeted;
        private boolean dead;
        private int sent;

        FaultyOutput(OutputStream transport) {
            super(transport);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (dead) {
                return;
            }
            var fits = count;
            if (greeted && cut) {
                fits = Math.clamp(CUT_AFTER - sent, 0, count);
                dead = fits < count;
            }
            sent += fits;
            out.write(greeted && malformed ? withoutSlashes(bytes, offset, fits) : bytes, offset, fits);
            if (dead) {
                out.flush();
            }
        }

        @Override
        public void flush() throws IOException {
            greeted = true;
            sent = 0;
            out.flush();
        }

        /** The bytes with no end tag in them, and as many as before, so that the framing holds. */
        private byte[] withoutSlashes(byte[] bytes, int offset, int count) {
            var copy = bytes.clone();
            for (var i = offset; i < offset + count; i++) {
                if (copy[i] == '/') {
                    copy[i] = '<';
                }
            }
            return copy;
        }
    }
}
