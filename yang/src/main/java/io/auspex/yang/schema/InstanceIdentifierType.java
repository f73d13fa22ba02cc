package io.auspex.yang.schema;

/**
 * The type instance-identifier (RFC 7950 §9.13); its values are {@link DataPath}s.
 *
 * @param requireInstance true when the node pointed at has to exist
 * @param root the root that paths start at
 */
public record InstanceIdentifierType(boolean requireInstance, SchemaNode root) implements ValueType {
    @Override
    public String name() {
        return "instance-identifier";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        return InstanceIdentifiers.parse(text, root, prefixes);
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof DataPath;
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }

    @Override
    public String toString() {
        return name();
    }
}
