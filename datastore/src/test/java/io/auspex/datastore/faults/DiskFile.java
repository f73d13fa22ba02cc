package io.auspex.datastore.faults;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file of {@link CrashingFiles}: what is read, how much of it is durable, and what a failed sync has left in doubt. */
final class DiskFile {
    byte[] bytes = {};
    int durable;
    private int doubtFrom;
    private int doubtTo;

    static DiskFile durable(byte[] bytes) {
        var file = new DiskFile();
        file.bytes = bytes;
        file.durable = bytes.length;
        return file;
    }

    DiskFile copy() {
        var copy = durable(bytes.clone());
        copy.durable = durable;
        copy.doubtFrom = doubtFrom;
        copy.doubtTo = doubtTo;
        return copy;
    }

    void append(ByteBuffer from, int count) {
        var at = bytes.length;
        bytes = Arrays.copyOf(bytes, at + count);
        from.get(bytes, at, count);
    }

    void synced() {
        durable = bytes.length;
    }

    void syncFailed() {
        if (durable < bytes.length) {
            doubtFrom = inDoubt() ? doubtFrom : durable;
            doubtTo = bytes.length;
        }
    }

    boolean inDoubt() {
        return doubtTo > doubtFrom;
    }

    /** All from a place on was written once more. */
    void rewritten(int from) {
        doubtTo = Math.min(doubtTo, Math.max(from, doubtFrom));
        durable = bytes.length;
    }

    void cut(int length) {
        bytes = Arrays.copyOf(bytes, length);
        durable = length;
        doubtTo = Math.min(doubtTo, length);
    }

    int notDurable() {
        return bytes.length - durable;
    }

    /** The file after a power cut that kept so many bytes. */
    DiskFile keeping(int length) {
        var kept = Arrays.copyOf(bytes, length);
        if (inDoubt()) {
            Arrays.fill(kept, Math.min(doubtFrom, length), Math.min(doubtTo, length), (byte) 0);
        }
        return durable(kept);
    }

    /** The file after a power cut that kept its length, but of some bytes that were not durable only zeros. */
    DiskFile withHole(int from, int to) {
        var found = keeping(bytes.length);
        Arrays.fill(found.bytes, from, to, (byte) 0);
        return found;
    }

    /** The file after a power cut that damaged a byte that was not durable. */
    DiskFile withDamage(int at) {
        var found = keeping(bytes.length);
        found.bytes[at] ^= 0x55;
        return found;
    }
}
