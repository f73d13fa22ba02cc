package io.auspex.yang.schema;

import com.google.common.collect.RangeSet;
import java.util.Base64;

/**
 * The type binary (RFC 7950 §9.8).
 *
 * @param lengths allowed lengths in octets; empty when any
 */
public record BinaryType(RangeSet<Integer> lengths, Restriction restriction) implements ValueType {
    @Override
    public String name() {
        return "binary";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        byte[] bytes;
        try {
            var characters = text.replaceAll("\\s+", "");
            if (characters.length() % 4 != 0) {
                throw new IllegalArgumentException("its length is no multiple of four");
            }
            bytes = Base64.getDecoder().decode(characters);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("'" + Text.shown(text) + "' is not base64: " + e.getMessage());
        }
        if (!lengths.isEmpty() && !lengths.contains(bytes.length)) {
            throw restriction.violated(bytes.length + " octets, allowed are " + Text.ranges(lengths), "");
        }
        return new Binary(bytes);
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Binary b && (lengths.isEmpty() || lengths.contains(b.length()));
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }
}
