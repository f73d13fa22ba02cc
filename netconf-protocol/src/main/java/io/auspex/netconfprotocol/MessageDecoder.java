package io.auspex.netconfprotocol;

import io.auspex.netconfprotocol.ProtocolException.Reason;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a transport into messages: RFC 6242 §4.2 and §4.3, strictly, and without trusting a declared size.
 *
 * <pre>
 * feed(bytes) ─► poll() ─► message, and again poll() … until empty ─► feed(more)
 *
 * chunked:  LF ─► HASH ─► SIZE_OR_END ─► SIZE ─LF─► DATA ─► LF …
 *                              └─ # ─► END ─LF─► message
 * </pre>
 *
 * Not safe for use by several threads. After a {@link ProtocolException} every further poll throws the same again.
 */
public final class MessageDecoder {
    private static final long MAX_CHUNK = 4_294_967_295L;
    /** What a session holds between messages: there may be ten thousand sessions. */
    private static final int IDLE_BYTES = 512;

    private enum ChunkState {
        LF,
        HASH,
        SIZE_OR_END,
        SIZE,
        DATA,
        END
    }

    private int maxMessageBytes;
    private Framing framing = Framing.END_OF_MESSAGE;
    private ChunkState state = ChunkState.LF;
    private long chunkSize;
    private byte[] input = new byte[0];
    private int position;
    private int limit;
    private byte[] body = new byte[IDLE_BYTES];
    private int length;
    private boolean hasChunk;
    private @Nullable ProtocolException broken;

    /**
     * A decoder that starts with end-of-message framing, as every session does.
     *
     * @param maxHelloBytes the size of the largest first message
     */
    public MessageDecoder(int maxHelloBytes) {
        this.maxMessageBytes = maxHelloBytes;
    }

    /** Applies to everything after the message that the last {@link #poll} returned, also to bytes already fed. */
    public void switchTo(Framing newFraming, int newMaxMessageBytes) {
        if (length > 0) {
            throw new IllegalStateException("framing changes between messages only");
        }
        framing = newFraming;
        maxMessageBytes = newMaxMessageBytes;
    }

    /** Takes a copy of the bytes; poll until nothing is left before feeding more, so that memory stays bounded. */
    public void feed(byte[] bytes, int offset, int count) {
        var unread = limit - position;
        if (unread == 0) {
            position = 0;
            limit = 0;
        } else if (position > 0) {
            System.arraycopy(input, position, input, 0, unread);
            position = 0;
            limit = unread;
        }
        if (input.length - limit < count) {
            input = Arrays.copyOf(input, Math.max(limit + count, 1024));
        }
        System.arraycopy(bytes, offset, input, limit, count);
        limit += count;
    }

    /** Whether a message has begun whose end has not been seen: the peer owes bytes. */
    public boolean isMidMessage() {
        return length > 0 || state != ChunkState.LF;
    }

    /** Bytes that were fed and not yet looked at. */
    public int unread() {
        return limit - position;
    }

    /**
     * The next complete message without its framing; empty when more input is needed.
     *
     * @throws ProtocolException the bytes break the framing or the message is larger than allowed
     */
    public Optional<byte[]> poll() throws ProtocolException {
        if (broken != null) {
            throw broken;
        }
        try {
            var message = switch (framing) {
                case END_OF_MESSAGE -> pollDelimited();
                case CHUNKED -> pollChunked();
            };
            if (position == limit && input.length > IDLE_BYTES) {
                input = new byte[0];
                position = 0;
                limit = 0;
            }
            return message;
        } catch (ProtocolException e) {
            broken = e;
            input = new byte[0];
            body = input;
            position = 0;
            limit = 0;
            throw e;
        }
    }

    private Optional<byte[]> pollDelimited() throws ProtocolException {
        while (length == 0 && position < limit && isWhitespace(input[position])) {
            position++;
        }
        while (position < limit) {
            var end = candidate();
            append(end - position, 6);
            if (endsWithDelimiter()) {
                length -= 6;
                if (length == 0) {
                    throw new ProtocolException(Reason.FRAMING, "empty message before ]]>]]>");
                }
                return Optional.of(takeBody());
            }
        }
        return Optional.empty();
    }

    /** Where the next {@code ]>} in the input ends, which may end a delimiter; else the end of the input. */
    private int candidate() {
        var before = length == 0 ? 0 : body[length - 1];
        for (var at = position; at < limit; at++) {
            var octet = input[at];
            if (octet == '>' && before == ']') {
                return at + 1;
            }
            before = octet;
        }
        return limit;
    }

    private boolean endsWithDelimiter() {
        return length >= 6
                && body[length - 1] == '>'
                && body[length - 2] == ']'
                && body[length - 3] == ']'
                && body[length - 4] == '>'
                && body[length - 5] == ']'
                && body[length - 6] == ']';
    }

    private Optional<byte[]> pollChunked() throws ProtocolException {
        while (position < limit) {
            if (state == ChunkState.DATA) {
                var count = (int) Math.min(chunkSize, limit - position);
                append(count, 0);
                chunkSize -= count;
                if (chunkSize == 0) {
                    state = ChunkState.LF;
                }
                continue;
            }
            var octet = input[position++];
            switch (state) {
                case LF -> state = expect(octet, '\n', "a line feed before #", ChunkState.HASH);
                case HASH -> state = expect(octet, '#', "#", ChunkState.SIZE_OR_END);
                case SIZE_OR_END -> state = sizeOrEnd(octet);
                case SIZE -> state = size(octet);
                case DATA -> throw new IllegalStateException();
                case END -> {
                    state = expect(octet, '\n', "a line feed after ##", ChunkState.LF);
                    return Optional.of(takeBody());
                }
            }
        }
        return Optional.empty();
    }

    private static ChunkState expect(byte got, char expected, String name, ChunkState next) throws ProtocolException {
        if (got != expected) {
            throw new ProtocolException(Reason.FRAMING, "chunk framing: expected " + name + ", got " + printable(got));
        }
        return next;
    }

    private ChunkState sizeOrEnd(byte octet) throws ProtocolException {
        if (octet == '#') {
            if (!hasChunk) {
                throw new ProtocolException(Reason.FRAMING, "chunk framing: end of chunks without a chunk");
            }
            return ChunkState.END;
        }
        if (octet < '1' || octet > '9') {
            throw new ProtocolException(
                    Reason.FRAMING, "chunk framing: a chunk size starts with 1 to 9, got " + printable(octet));
        }
        chunkSize = octet - '0';
        return ChunkState.SIZE;
    }

    private ChunkState size(byte octet) throws ProtocolException {
        if (octet == '\n') {
            if (chunkSize + length > maxMessageBytes) {
                throw tooBig();
            }
            hasChunk = true;
            return ChunkState.DATA;
        }
        if (octet < '0' || octet > '9') {
            throw new ProtocolException(
                    Reason.FRAMING, "chunk framing: expected a digit of the chunk size, got " + printable(octet));
        }
        chunkSize = chunkSize * 10 + (octet - '0');
        if (chunkSize > MAX_CHUNK) {
            throw new ProtocolException(Reason.FRAMING, "chunk framing: a chunk size is at most 4294967295");
        }
        return ChunkState.SIZE;
    }

    private void append(int count, int delimiterBytes) throws ProtocolException {
        if ((long) length + count > (long) maxMessageBytes + delimiterBytes) {
            throw tooBig();
        }
        if (body.length - length < count) {
            body = Arrays.copyOf(body, Math.max(length + count, body.length * 2));
        }
        System.arraycopy(input, position, body, length, count);
        length += count;
        position += count;
    }

    private byte[] takeBody() {
        var message = Arrays.copyOf(body, length);
        length = 0;
        hasChunk = false;
        if (body.length > IDLE_BYTES) {
            body = new byte[IDLE_BYTES];
        }
        return message;
    }

    private ProtocolException tooBig() {
        return new ProtocolException(Reason.TOO_BIG, "message larger than " + maxMessageBytes + " bytes");
    }

    private static boolean isWhitespace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    private static String printable(byte octet) {
        return octet > ' ' && octet < 127 ? "'" + (char) octet + "'" : "byte 0x%02x".formatted(octet & 0xff);
    }
}
