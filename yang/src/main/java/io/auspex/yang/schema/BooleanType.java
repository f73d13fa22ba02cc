package io.auspex.yang.schema;

/** The type boolean (RFC 7950 §9.5). */
public record BooleanType() implements ValueType {
    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new InvalidValueException("'" + Text.shown(text) + "' is neither true nor false");
        };
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Boolean;
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.BOOLEAN;
    }
}
