package io.auspex.yang.codec;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Keeps a JSON value of no known schema as text: anydata, anyxml (RFC 7951 §5.5, §5.6), and values read later. */
final class JsonOpaque {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The value cannot be kept; the message says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private JsonOpaque() {}

    /** The value at whose first token the parser stands; the parser is left at its last token. */
    static String capture(JsonParser parser) throws Refused {
        var text = new StringWriter();
        var members = new ArrayDeque<Set<String>>();
        try (var out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            var depth = 0;
            do {
                switch (parser.currentToken()) {
                    case START_OBJECT -> {
                        members.push(new HashSet<>());
                        out.writeStartObject();
                        depth++;
                    }
                    case END_OBJECT -> {
                        members.pop();
                        out.writeEndObject();
                        depth--;
                    }
                    case START_ARRAY -> {
                        out.writeStartArray();
                        depth++;
                    }
                    case END_ARRAY -> {
                        out.writeEndArray();
                        depth--;
                    }
                    case PROPERTY_NAME -> {
                        var name = checked(parser.currentName());
                        if (!members.element().add(name)) {
                            throw new Refused("member '" + JsonValues.shown(name) + "' stands twice");
                        }
                        out.writeName(name);
                    }
                    case VALUE_STRING -> out.writeString(checked(parser.getString()));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getString());
                    case VALUE_TRUE -> out.writeBoolean(true);
                    case VALUE_FALSE -> out.writeBoolean(false);
                    case VALUE_NULL -> out.writeNull();
                    default -> throw new Refused("the value ends early");
                }
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }

    private static String checked(String text) throws Refused {
        if (!YangCharacters.all(text)) {
            throw new Refused("'" + JsonValues.shown(text)
                    + "' holds a control character, a noncharacter or half a surrogate pair");
        }
        return text;
    }
}
