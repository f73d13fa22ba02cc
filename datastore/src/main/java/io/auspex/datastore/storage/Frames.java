package io.auspex.datastore.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The framing of journal files: one frame for all commits that were made durable together.
 *
 * <pre>
 * frame  = magic (4) | length of body (4) | CRC-32C of length and body (4) | body
 * body   = commit+      commit = version before (8) | version (8) | length of content (4) | content
 * </pre>
 *
 * <p>A frame is written only after the one before it is durable. So damage with a good frame behind it was done to durable
 * data, and damage without one is a write that was cut off.
 */
final class Frames {
    static final int HEAD = 12;
    private static final int COMMIT_HEAD = 20;
    private static final int MAGIC = 0xA05BEC01;

    private Frames() {}

    /** One commit: the version that it follows, its own, and its changes. */
    record Commit(long previous, long version, byte[] content) {}

    /**
     * What a journal file holds.
     *
     * @param length of its good part
     * @param last where the last good frame begins
     * @param damage what is wrong behind it; empty for nothing
     * @param goodBehind true when a good frame stands behind the damage
     */
    record Scan(List<Commit> commits, int length, int last, String damage, boolean goodBehind) {}

    static ByteBuffer frame(List<Commit> commits) {
        var length = 0;
        for (var commit : commits) {
            length = Math.addExact(length, COMMIT_HEAD + commit.content().length);
        }
        var bytes = ByteBuffer.allocate(Math.addExact(length, HEAD));
        bytes.putInt(MAGIC).putInt(length).putInt(0);
        for (var commit : commits) {
            bytes.putLong(commit.previous()).putLong(commit.version());
            bytes.putInt(commit.content().length).put(commit.content());
        }
        bytes.flip();
        bytes.putInt(8, crc(bytes, 0, length));
        return bytes;
    }

    private static int crc(ByteBuffer bytes, int at, int length) {
        var crc = new CRC32C();
        crc.update(bytes.slice(at + 4, 4));
        crc.update(bytes.slice(at + HEAD, length));
        return (int) crc.getValue();
    }

    /** Reads all good frames from the start. */
    static Scan scan(byte[] file) {
        var bytes = ByteBuffer.wrap(file);
        var commits = new ArrayList<Commit>();
        var at = 0;
        var last = 0;
        while (at < file.length) {
            var next = frameEnd(bytes, at);
            if (next < 0 || !commits(bytes, at, commits)) {
                return new Scan(commits, at, last, "a damaged frame at byte " + at, goodBehind(bytes, at + 1));
            }
            last = at;
            at = next;
        }
        return new Scan(commits, at, last, "", false);
    }

    /** Where the good frame at a place ends; -1 when there is none. */
    private static int frameEnd(ByteBuffer bytes, int at) {
        if (bytes.limit() - at < HEAD || bytes.getInt(at) != MAGIC) {
            return -1;
        }
        var length = bytes.getInt(at + 4);
        if (length < COMMIT_HEAD
                || length > bytes.limit() - at - HEAD
                || bytes.getInt(at + 8) != crc(bytes, at, length)) {
            return -1;
        }
        return at + HEAD + length;
    }

    private static boolean goodBehind(ByteBuffer bytes, int from) {
        for (var at = from; at <= bytes.limit() - HEAD; at++) {
            if (frameEnd(bytes, at) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean commits(ByteBuffer bytes, int frame, List<Commit> commits) {
        var body = bytes.slice(frame + HEAD, bytes.getInt(frame + 4));
        var read = new ArrayList<Commit>();
        while (body.remaining() >= COMMIT_HEAD) {
            var previous = body.getLong();
            var version = body.getLong();
            var length = body.getInt();
            if (length < 0 || length > body.remaining()) {
                return false;
            }
            var content = new byte[length];
            body.get(content);
            read.add(new Commit(previous, version, content));
        }
        commits.addAll(read);
        return !body.hasRemaining();
    }
}
