package io.auspex.yang.codec;

import io.auspex.yang.error.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A message as it comes in, refused where it is too large, not UTF-8 (RFC 3629: no overlong form, no surrogate) or holds
 * U+FFFE or U+FFFF; a byte order mark is skipped.
 */
final class StrictUtf8 extends FilterInputStream {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

    /** The reader's input is not acceptable; the failure says why. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final Failure failure;

        Refused(Failure failure, String message) {
            super(message);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }

    private final long limit;
    private long count;
    private int missing;
    private int low = 0x80;
    private int high = 0xBF;
    private int lead;
    private int codePoint;
    private boolean plain = true;

    StrictUtf8(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            var got = super.read(buffer, offset, length);
            if (got < 0) {
                if (missing > 0) {
                    throw malformed("the message ends within a character");
                }
                return got;
            }
            var start = count == 0 ? mark(buffer, offset, got) : 0;
            check(buffer, offset + start, got - start);
            if (got > start) {
                if (start > 0) {
                    System.arraycopy(buffer, offset + start, buffer, offset, got - start);
                }
                return got - start;
            }
        }
    }

    @Override
    public long skip(long n) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Length of a byte order mark at the start. */
    private int mark(byte[] buffer, int offset, int length) {
        if (length < 3
                || buffer[offset] != (byte) 0xEF
                || buffer[offset + 1] != (byte) 0xBB
                || buffer[offset + 2] != (byte) 0xBF) {
            return 0;
        }
        count = 3;
        return 3;
    }

    private void check(byte[] buffer, int from, int length) throws IOException {
        var at = from;
        var end = from + length;
        while (at < end) {
            if (missing == 0) {
                while (at + 8 <= end) {
                    var eight = (long) LONGS.get(buffer, at);
                    if ((eight & HIGH_BITS) != 0 || hasZero(eight)) {
                        break;
                    }
                    plain &= !hasZero(eight ^ BACKSLASHES);
                    at += 8;
                }
                while (at < end && buffer[at] > 0) {
                    plain &= buffer[at] != '\\';
                    at++;
                }
                if (at == end) {
                    break;
                }
            }
            next(buffer[at++] & 0xFF);
        }
        count += length;
        if (count > limit) {
            throw new Refused(Failure.MESSAGE_TOO_BIG, "the message has more than " + limit + " bytes");
        }
    }

    /** Whether a message holds nothing but ASCII, NUL apart. */
    static boolean isAscii(byte[] message) {
        var at = 0;
        for (; at + 8 <= message.length; at += 8) {
            var eight = (long) LONGS.get(message, at);
            if ((eight & HIGH_BITS) != 0 || hasZero(eight)) {
                return false;
            }
        }
        while (at < message.length && message[at] > 0) {
            at++;
        }
        return at == message.length;
    }

    /** True when one of the eight bytes, none of which is above 0x7F, is zero. */
    private static boolean hasZero(long eight) {
        return ((eight - LOW_BITS) & ~eight & HIGH_BITS) != 0;
    }

    /**
     * True as long as nothing but ASCII without a backslash has been read, so that JSON text has no character that YANG
     * does not know.
     */
    boolean isPlain() {
        return plain;
    }

    private void next(int b) throws IOException {
        plain = false;
        if (missing > 0) {
            if (b < low || b > high) {
                throw malformed("no UTF-8: byte 0x" + Integer.toHexString(b) + " within a character");
            }
            codePoint = (codePoint << 6) | (b & 0x3F);
            low = 0x80;
            high = 0xBF;
            if (--missing == 0 && (codePoint == 0xFFFE || codePoint == 0xFFFF)) {
                throw malformed(
                        "U+" + Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT) + " is no character");
            }
            return;
        }
        lead = b;
        if (lead == 0) {
            throw malformed("a NUL character, or an encoding that is not UTF-8");
        } else if (lead < 0x80) {
            return;
        } else if (lead >= 0xC2 && lead <= 0xDF) {
            missing = 1;
            codePoint = lead & 0x1F;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            missing = 2;
            codePoint = lead & 0x0F;
            low = lead == 0xE0 ? 0xA0 : 0x80;
            high = lead == 0xED ? 0x9F : 0xBF;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            missing = 3;
            codePoint = lead & 0x07;
            low = lead == 0xF0 ? 0x90 : 0x80;
            high = lead == 0xF4 ? 0x8F : 0xBF;
        } else {
            throw malformed("no UTF-8: byte 0x" + Integer.toHexString(lead));
        }
    }

    private static Refused malformed(String message) {
        return new Refused(Failure.MALFORMED, message);
    }
}
