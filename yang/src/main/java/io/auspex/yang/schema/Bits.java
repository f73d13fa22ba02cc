package io.auspex.yang.schema;

import java.util.List;

/**
 * A value of type bits (RFC 7950 §9.7).
 *
 * @param names the names of the bits that are set, in the order of their positions
 */
public record Bits(List<String> names) {
    public Bits {
        names = List.copyOf(names);
    }

    @Override
    public String toString() {
        return String.join(" ", names);
    }
}
