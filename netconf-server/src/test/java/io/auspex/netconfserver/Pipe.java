package io.auspex.netconfserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from any thread to any other, at most 64 KiB on the way; unlike Java's own pipes it does not mind who writes. */
final class Pipe {
    private final byte[] ring = new byte[1 << 16];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long written;
    private long read;
    private boolean closed;

    final InputStream in = new InputStream() {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            lock.lock();
            try {
                while (written == read) {
                    if (closed) {
                        return -1;
                    }
                    changed.await();
                }
                var n = (int) Math.min(count, written - read);
                for (var i = 0; i < n; i++) {
                    bytes[offset + i] = ring[(int) (read++ % ring.length)];
                }
                changed.signalAll();
                return n;
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                lock.unlock();
            }
        }
    };

    final OutputStream out = new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            lock.lock();
            try {
                for (var i = 0; i < count; i++) {
                    while (written - read == ring.length && !closed) {
                        changed.await();
                    }
                    if (closed) {
                        throw new IOException("the pipe is closed");
                    }
                    ring[(int) (written++ % ring.length)] = bytes[offset + i];
                    if (i == count - 1 || written - read == ring.length) {
                        changed.signalAll();
                    }
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    };
}
