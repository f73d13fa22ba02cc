package io.auspex.notifications;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One event in a replay log: length and CRC-32C of what follows, then id, time, name, parent and the content in JSON.
 *
 * @param name module and name of the notification, {@code module:name}
 * @param parent the data node that it is tied to, as instance-identifier in JSON; empty at the top level
 * @param json as {@link NotificationJson#content}
 */
record EventFrame(long id, Instant time, String name, String parent, byte[] json) {
    static final int HEAD = 8;
    static final int MAX_BYTES = 16 << 20;

    /** Of name and of parent, with their length before them. */
    private static final int MAX_UTF = 2 + 0xffff;

    /** @throws IOException when the event is too large for a log */
    static EventFrame of(Delivery.Event event) throws IOException {
        var notification = event.notification();
        var frame = new EventFrame(
                event.id(),
                notification.eventTime(),
                notification.content().schema().qualifiedName(),
                notification.parent().map(Object::toString).orElse(""),
                NotificationJson.content(notification));
        var longest = Math.max(utf(frame.name), utf(frame.parent));
        if (longest > MAX_UTF) {
            throw new IOException(
                    "a parent of " + longest + " bytes is too long for the replay log: more than " + MAX_UTF);
        }
        if (frame.length() > MAX_BYTES) {
            throw new IOException("an event of " + frame.length() + " bytes is too large for the replay log");
        }
        return frame;
    }

    /** Appends the frame to those that are to be written together. */
    void addTo(Frames frames) {
        try {
            frames.begin();
            frames.data.writeLong(id);
            frames.data.writeLong(time.getEpochSecond());
            frames.data.writeInt(time.getNano());
            frames.data.writeUTF(name);
            frames.data.writeUTF(parent);
            frames.data.write(json);
            frames.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames one after the other in memory, as they stand in the log. */
    static final class Frames extends ByteArrayOutputStream {
        private final DataOutputStream data = new DataOutputStream(this);
        private int start;

        /** @param bytes that all of them will have */
        Frames(int bytes) {
            super(bytes);
        }

        private void begin() throws IOException {
            start = count;
            data.writeLong(0);
        }

        private void end() {
            var crc = new CRC32C();
            crc.update(buf, start + HEAD, count - start - HEAD);
            ByteBuffer.wrap(buf, start, HEAD).putInt(count - start - HEAD).putInt((int) crc.getValue());
        }

        /** All of them; valid until the next one is added. */
        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    /** Bytes of the frame in the log. */
    int length() {
        return HEAD + 20 + utf(name) + utf(parent) + json.length;
    }

    /** Bytes that {@link DataOutputStream#writeUTF} makes. */
    private static int utf(String text) {
        var bytes = 2;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            bytes += c >= 1 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** The next frame of a stream; null at its end, and where a frame is cut off or corrupt. */
    static @Nullable EventFrame read(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        try {
            var length = data.readInt();
            var crc = data.readInt();
            if (length < 24 || length > MAX_BYTES) {
                return null;
            }
            var body = in.readNBytes(length);
            return body.length == length && crc(body) == crc ? parse(body) : null;
        } catch (EOFException e) {
            return null;
        }
    }

    private static @Nullable EventFrame parse(byte[] body) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(body));
        try {
            return new EventFrame(
                    in.readLong(),
                    Instant.ofEpochSecond(in.readLong(), in.readInt()),
                    in.readUTF(),
                    in.readUTF(),
                    in.readAllBytes());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
