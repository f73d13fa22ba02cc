package io.auspex.yang.schema;

/**
 * The type of a leaf or leaf-list with all its restrictions (RFC 7950 §9); {@link Values} says which Java type its values
 * have.
 */
public sealed interface ValueType
        permits IntegerType,
                DecimalType,
                StringType,
                BooleanType,
                EmptyType,
                EnumerationType,
                BitsType,
                BinaryType,
                IdentityrefType,
                InstanceIdentifierType,
                LeafrefType,
                UnionType {
    /** The name of the built-in type. */
    String name();

    /**
     * The value of a lexical representation, white space as given.
     *
     * @throws InvalidValueException when the text is no value of this type; the message names text and expectation
     */
    Object parse(String text, Prefixes prefixes) throws InvalidValueException;

    /**
     * The value of a default statement, which may give an integer in hexadecimal or octal notation (RFC 7950 §9.2.1).
     *
     * @throws InvalidValueException as {@link #parse}
     */
    default Object parseDefault(String text, Prefixes prefixes) throws InvalidValueException {
        return parse(text, prefixes);
    }

    /** True when a value that this or another type parsed is a value of this type. */
    boolean accepts(Object value);

    /** How a value of this type stands in JSON (RFC 7951 §6). */
    JsonForm jsonForm(Object value);

    /** The JSON token that carries a value. */
    enum JsonForm {
        NUMBER,
        STRING,
        BOOLEAN,
        /** {@code [null]}, the value of type empty. */
        EMPTY
    }
}
