package io.auspex.yang.codec;

import io.auspex.yang.schema.BooleanType;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.EmptyType;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.IntegerType;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.Prefixes;
import io.auspex.yang.schema.UnionType;
import io.auspex.yang.schema.ValueType;
import io.auspex.yang.schema.ValueType.JsonForm;
import io.auspex.yang.schema.Values;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Values of leafs as JSON tokens (RFC 7951 §6). */
final class JsonValues {
    private static final int SHOWN = 64;
    private static final JsonForm[] FORMS = JsonForm.values();

    private JsonValues() {}

    /** The value at whose first token the parser stands; the parser is left at its last token. */
    static Object read(JsonParser parser, ValueType type, Prefixes prefixes) throws InvalidValueException {
        var form = switch (parser.currentToken()) {
            case VALUE_STRING -> JsonForm.STRING;
            case VALUE_NUMBER_INT -> JsonForm.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> JsonForm.BOOLEAN;
            case START_ARRAY -> JsonForm.EMPTY;
            default -> throw mismatch(parser, type);
        };
        if (!takes(type, form)) {
            throw mismatch(parser, type);
        }
        return switch (form) {
            case STRING ->
                type instanceof UnionType union
                        ? member(union, form, string(parser), prefixes)
                        : type.parse(string(parser), prefixes);
            case NUMBER ->
                type instanceof UnionType union
                        ? member(union, form, parser.getString(), prefixes)
                        : type.parse(parser.getString(), prefixes);
            case BOOLEAN -> parser.currentToken() == JsonToken.VALUE_TRUE;
            case EMPTY -> {
                if (parser.nextToken() != JsonToken.VALUE_NULL || parser.nextToken() != JsonToken.END_ARRAY) {
                    throw new InvalidValueException("got another array, expected [null], the value of type empty");
                }
                yield Empty.VALUE;
            }
        };
    }

    private static Object member(UnionType union, JsonForm form, String text, Prefixes prefixes)
            throws InvalidValueException {
        for (var member : union.members()) {
            if (takes(member, form)) {
                try {
                    return member instanceof UnionType inner
                            ? member(inner, form, text, prefixes)
                            : member.parse(text, prefixes);
                } catch (InvalidValueException _) {
                    // the next member may take it
                }
            }
        }
        throw new InvalidValueException(
                "'" + shown(text) + "' is a value of no member of the union of " + String.join(", ", names(union)));
    }

    private static List<String> names(UnionType union) {
        return union.members().stream().map(ValueType::name).toList();
    }

    private static boolean takes(ValueType type, JsonForm form) {
        return switch (type) {
            case IntegerType t -> form == (t.isWide() ? JsonForm.STRING : JsonForm.NUMBER);
            case BooleanType _ -> form == JsonForm.BOOLEAN;
            case EmptyType _ -> form == JsonForm.EMPTY;
            case LeafrefType t -> takes(t.target().type(), form);
            case UnionType t -> {
                for (var member : t.members()) {
                    if (takes(member, form)) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> form == JsonForm.STRING;
        };
    }

    private static InvalidValueException mismatch(JsonParser parser, ValueType type) {
        return new InvalidValueException("got " + token(parser) + ", expected " + expected(type));
    }

    private static String expected(ValueType type) {
        var forms = new java.util.ArrayList<String>();
        for (var form : FORMS) {
            if (takes(type, form)) {
                forms.add(form == JsonForm.EMPTY ? "[null]" : "a " + form.name().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(" or ", forms) + " (type " + type.name() + ")";
    }

    /** The current token as shown in messages. */
    static String token(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> "the string '" + shown(parser.getString()) + "'";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + shown(parser.getString());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case START_ARRAY, END_ARRAY -> "an array";
            case START_OBJECT, END_OBJECT -> "an object";
            default -> "nothing";
        };
    }

    static String shown(String text) {
        var cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The string at which the parser stands, which is of characters that YANG knows (RFC 7950 §14, yang-char). */
    static String string(JsonParser parser) throws InvalidValueException {
        var text = parser.getString();
        if (parser.streamReadInputSource() instanceof StrictUtf8 input && input.isPlain()) {
            return text;
        }
        if (!YangCharacters.all(text)) {
            throw new InvalidValueException(
                    "'" + shown(text) + "' holds a control character, a noncharacter or half a surrogate pair");
        }
        return text;
    }

    static void write(JsonGenerator out, ValueType type, Object value) {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Identity identity) {
            out.writeString(identity.encodedName());
        } else if (value instanceof Long number && type.jsonForm(number) == JsonForm.NUMBER) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Empty) {
            out.writeStartArray();
            out.writeNull();
            out.writeEndArray();
        } else {
            out.writeString(Values.text(value));
        }
    }
}
