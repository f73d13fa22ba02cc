package io.auspex.yang.schema;

/** The type empty (RFC 7950 §9.11). */
public record EmptyType() implements ValueType {
    @Override
    public String name() {
        return "empty";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        if (!text.isEmpty()) {
            throw new InvalidValueException("'" + Text.shown(text) + "' where type empty allows no value");
        }
        return Empty.VALUE;
    }

    @Override
    public boolean accepts(Object value) {
        return value == Empty.VALUE;
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.EMPTY;
    }
}
