package io.auspex.netconfprotocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages with the agreed framing of RFC 6242 §4, in pieces, so that a reply can be streamed.
 *
 * <p>{@link #flush} does nothing within a message; {@link #endMessage} ends the message and flushes. Not safe for use by
 * several threads.
 */
public final class FramedOutput extends OutputStream {
    private static final int HEADER_ROOM = 8;
    private static final int PIECE = 16 << 10;
    private static final byte[] DELIMITER = "]]>]]>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_CHUNKS = "\n##\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream transport;
    private final byte[] buffer;
    private Framing framing = Framing.END_OF_MESSAGE;
    private int end = HEADER_ROOM;
    private int matched;
    private boolean begun;

    /** Pieces of 16 KiB. */
    public FramedOutput(OutputStream transport) {
        this(transport, PIECE);
    }

    /** @param pieceBytes 1 to 65536; the memory that this output holds, and the largest chunk that it writes */
    public FramedOutput(OutputStream transport, int pieceBytes) {
        if (pieceBytes < 1 || pieceBytes > 1 << 16) {
            throw new IllegalArgumentException("piece of " + pieceBytes + " bytes");
        }
        this.transport = transport;
        this.buffer = new byte[HEADER_ROOM + pieceBytes];
    }

    /** Applies to the next message. */
    public void switchTo(Framing newFraming) {
        if (end != HEADER_ROOM) {
            throw new IllegalStateException("framing changes between messages only");
        }
        framing = newFraming;
    }

    public Framing framing() {
        return framing;
    }

    /** Writes one whole message. */
    public void writeMessage(byte[] message) throws IOException {
        write(message, 0, message.length);
        endMessage();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** @throws IOException the transport failed, or the bytes hold {@code ]]>]]>} where that would end the message */
    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (framing == Framing.END_OF_MESSAGE) {
            refuseDelimiter(bytes, offset, count);
        }
        var from = offset;
        var left = count;
        while (left > 0) {
            if (end == buffer.length) {
                writePiece();
            }
            var fits = Math.min(left, buffer.length - end);
            System.arraycopy(bytes, from, buffer, end, fits);
            end += fits;
            from += fits;
            left -= fits;
        }
    }

    /**
     * Ends the message that the bytes since the last call make, and flushes the transport.
     *
     * @throws IOException the transport failed, or the message's last bytes and the delimiter would end it too early
     */
    public void endMessage() throws IOException {
        if (framing == Framing.END_OF_MESSAGE) {
            refuseDelimiter(DELIMITER, 0, DELIMITER.length - 1);
        }
        writePiece();
        transport.write(framing == Framing.CHUNKED ? END_OF_CHUNKS : DELIMITER);
        matched = 0;
        begun = false;
        transport.flush();
    }

    /**
     * Takes back what was written of a message, so that another can be written instead.
     *
     * @return false when some of it is with the transport already
     */
    public boolean takeBack() {
        if (begun) {
            return false;
        }
        end = HEADER_ROOM;
        matched = 0;
        return true;
    }

    @Override
    public void flush() {
        // a flush by an XML writer would only make small chunks
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private void writePiece() throws IOException {
        var size = end - HEADER_ROOM;
        if (size == 0) {
            return;
        }
        var start = HEADER_ROOM;
        if (framing == Framing.CHUNKED) {
            var header = ("\n#" + size + "\n").getBytes(StandardCharsets.US_ASCII);
            start -= header.length;
            System.arraycopy(header, 0, buffer, start, header.length);
        }
        begun = true;
        transport.write(buffer, start, end - start);
        end = HEADER_ROOM;
    }

    private void refuseDelimiter(byte[] bytes, int offset, int count) throws IOException {
        for (var i = offset; i < offset + count; i++) {
            matched = next(matched, bytes[i]);
            if (matched == DELIMITER.length) {
                matched = 0;
                throw new IOException("the message holds ]]>]]>, which ends a message in base:1.0 framing");
            }
        }
    }

    /** One step of the automaton that looks for {@code ]]>]]>}; the state is the number of octets matched so far. */
    private static int next(int state, byte octet) {
        if (octet == DELIMITER[state]) {
            return state + 1;
        }
        if (octet == ']') {
            return state == 2 || state == 5 ? 2 : 1;
        }
        return 0;
    }
}
