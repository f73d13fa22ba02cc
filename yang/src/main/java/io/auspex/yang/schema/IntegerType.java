package io.auspex.yang.schema;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The eight integer types (RFC 7950 §9.2).
 *
 * @param kind which of the eight
 * @param ranges the values allowed
 * @param spans the same as pairs of bounds, as far as they fit a long
 */
public record IntegerType(Kind kind, RangeSet<BigInteger> ranges, Restriction restriction, long[] spans)
        implements ValueType {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,64}");
    private static final Pattern HEX = Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]{1,16})");
    private static final Pattern OCTAL = Pattern.compile("([+-]?)0([0-7]{1,22})");
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    IntegerType(Kind kind, RangeSet<BigInteger> ranges, Restriction restriction) {
        this(kind, ranges, restriction, spans(ranges));
    }

    private static long[] spans(RangeSet<BigInteger> ranges) {
        return ranges.asRanges().stream()
                .filter(r -> r.lowerEndpoint().bitLength() < Long.SIZE)
                .flatMapToLong(r -> LongStream.of(
                        r.lowerEndpoint().longValue(),
                        r.upperEndpoint().min(LONG_MAX).longValue()))
                .toArray();
    }

    private boolean allows(long number) {
        for (var i = 0; i < spans.length; i += 2) {
            if (number >= spans[i] && number <= spans[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** The built-in integer types with their bounds. */
    public enum Kind {
        INT8(8, true),
        INT16(16, true),
        INT32(32, true),
        INT64(64, true),
        UINT8(8, false),
        UINT16(16, false),
        UINT32(32, false),
        UINT64(64, false);

        private final BigInteger min;
        private final BigInteger max;
        private final boolean wide;

        Kind(int bits, boolean signed) {
            min = signed ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
            max = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
            wide = bits == 64;
        }

        RangeSet<BigInteger> bounds() {
            return TreeRangeSet.create(java.util.List.of(Range.closed(min, max)));
        }
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        if (isShortDecimal(text)) {
            var number = Long.parseLong(text);
            if (allows(number)) {
                return number;
            }
        }
        var stripped = text.strip();
        if (!DECIMAL.matcher(stripped).matches()) {
            throw new InvalidValueException("'" + Text.shown(text) + "' is no " + name());
        }
        return checked(new BigInteger(stripped), text);
    }

    private Object checked(BigInteger number, String text) throws InvalidValueException {
        if (number.compareTo(kind.min) < 0 || number.compareTo(kind.max) > 0) {
            throw new InvalidValueException(
                    "'" + Text.shown(text) + "' is outside of " + name() + ", " + kind.min + ".." + kind.max);
        }
        if (!ranges.contains(number)) {
            throw restriction.violated("'" + text + "' is outside of the range " + Text.ranges(ranges), "");
        }
        return narrow(number);
    }

    /** True for digits that surely fit a long. */
    private static boolean isShortDecimal(String text) {
        var start = text.startsWith("-") ? 1 : 0;
        var length = text.length() - start;
        if (length < 1 || length > 18) {
            return false;
        }
        for (var i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public Object parseDefault(String text, Prefixes prefixes) throws InvalidValueException {
        var hex = HEX.matcher(text);
        if (hex.matches()) {
            return checked(new BigInteger(hex.group(1) + hex.group(2), 16), text);
        }
        var octal = OCTAL.matcher(text);
        return octal.matches()
                ? checked(new BigInteger(octal.group(1) + octal.group(2), 8), text)
                : parse(text, prefixes);
    }

    private static Object narrow(BigInteger number) {
        return number.compareTo(LONG_MAX) <= 0 && number.compareTo(LONG_MIN) >= 0
                ? (Object) number.longValue()
                : number;
    }

    /** True for the two types of 64 bits, which stand in JSON as strings (RFC 7951 §6.1). */
    public boolean isWide() {
        return kind.wide;
    }

    @Override
    public boolean accepts(Object value) {
        return switch (value) {
            case Long l -> allows(l);
            case BigInteger i -> ranges.contains(i);
            default -> false;
        };
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return kind.wide ? JsonForm.STRING : JsonForm.NUMBER;
    }
}
