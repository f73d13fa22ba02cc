package io.auspex.yang.schema;

import java.util.List;
import java.util.Set;

/**
 * The type bits (RFC 7950 §9.7).
 *
 * @param names the bits in the order of their positions
 */
public record BitsType(List<String> names) implements ValueType {
    public BitsType {
        names = List.copyOf(names);
    }

    @Override
    public String name() {
        return "bits";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return new Bits(List.of());
        }
        var given = List.of(stripped.split("\\s+"));
        if (Set.copyOf(given).size() != given.size()) {
            throw new InvalidValueException("'" + Text.shown(text) + "' names a bit twice");
        }
        for (var bit : given) {
            if (!names.contains(bit)) {
                throw new InvalidValueException(
                        "'" + Text.shown(bit) + "' is none of the bits " + Text.shown(String.join(" ", names)));
            }
        }
        return new Bits(names.stream().filter(given::contains).toList());
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Bits bits && names.containsAll(bits.names());
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }
}
