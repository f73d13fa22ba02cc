package io.auspex.yang.schema;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The Java types of YANG values and their order.
 *
 * <p>int8..int64 and uint8..uint32 are {@link Long}; uint64 is {@link Long}, above 2^63-1 {@link BigInteger}; decimal64 is
 * {@link BigDecimal} without trailing zeros; string and enumeration {@link String}; boolean {@link Boolean}; empty
 * {@link Empty}; bits {@link Bits}; binary {@link Binary}; identityref {@link Identity}; instance-identifier
 * {@link DataPath}.
 */
public final class Values {
    private Values() {}

    /** A total order over values of one leaf: numbers by size, all else by canonical text. */
    public static int compare(Object a, Object b) {
        if (a == b) {
            return 0;
        }
        if (a instanceof String s && b instanceof String t) {
            return s.compareTo(t);
        }
        return switch (a) {
            case Long x when b instanceof Long y -> Long.compare(x, y);
            case Number x when b instanceof Number y -> decimal(x).compareTo(decimal(y));
            default -> {
                var order = a.toString().compareTo(b.toString());
                yield order != 0 || a.equals(b)
                        ? order
                        : a.getClass().getName().compareTo(b.getClass().getName());
            }
        };
    }

    /** The canonical text of a value; identities and paths in their JSON form. */
    public static String text(Object value) {
        return value instanceof BigDecimal d ? (d.scale() < 1 ? d.setScale(1) : d).toPlainString() : value.toString();
    }

    private static BigDecimal decimal(Number n) {
        return switch (n) {
            case BigDecimal d -> d;
            case BigInteger i -> new BigDecimal(i);
            default -> BigDecimal.valueOf(n.longValue());
        };
    }
}
