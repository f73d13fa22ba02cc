package io.auspex.yang.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The type union (RFC 7950 §9.12): a value belongs to the first member type that takes it.
 *
 * @param members in the order of the module
 */
public record UnionType(List<ValueType> members) implements ValueType {
    public UnionType {
        members = List.copyOf(members);
    }

    @Override
    public String name() {
        return "union";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        return first(text, member -> member.parse(text, prefixes));
    }

    @Override
    public Object parseDefault(String text, Prefixes prefixes) throws InvalidValueException {
        return first(text, member -> member.parseDefault(text, prefixes));
    }

    /** Reads a text as a value of a member. */
    @FunctionalInterface
    private interface Reading {
        Object by(ValueType member) throws InvalidValueException;
    }

    private Object first(String text, Reading reading) throws InvalidValueException {
        for (var member : members) {
            try {
                return reading.by(member);
            } catch (InvalidValueException _) {
                // the next member may take it
            }
        }
        throw new InvalidValueException("'" + Text.shown(text) + "' is a value of no member of the union of "
                + members.stream().map(ValueType::name).collect(Collectors.joining(", ")));
    }

    @Override
    public boolean accepts(Object value) {
        return members.stream().anyMatch(m -> m.accepts(value));
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return members.stream()
                .filter(m -> m.accepts(value))
                .findFirst()
                .map(m -> m.jsonForm(value))
                .orElse(JsonForm.STRING);
    }
}
