package io.auspex.yang.schema;

import java.util.Map;

/**
 * The type enumeration (RFC 7950 §9.6).
 *
 * @param values each name with its integer value, in the order of the module
 */
public record EnumerationType(Map<String, Integer> values) implements ValueType {
    @Override
    public String name() {
        return "enumeration";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        if (!values.containsKey(text)) {
            throw new InvalidValueException(
                    "'" + Text.shown(text) + "' is none of " + Text.shown(String.join(", ", values.keySet())));
        }
        return text;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof String s && values.containsKey(s);
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }
}
