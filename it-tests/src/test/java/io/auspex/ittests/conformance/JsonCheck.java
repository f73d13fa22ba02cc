package io.auspex.ittests.conformance;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is expected at one place of a JSON document: an array of a JSON pointer, an operator and a value. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"pointer", "operator", "expected"})
record JsonCheck(String pointer, String operator, JsonNode expected) {
    /**
     * What is wrong with a document; empty when nothing is.
     *
     * @param filled puts the values of variables into a text
     */
    Optional<String> fault(JsonNode document, UnaryOperator<String> filled) {
        var found = document.at(pointer);
        return holds(found, filled)
                ? Optional.empty()
                : Optional.of(pointer + " " + operator + " " + expected + ", got " + found);
    }

    private boolean holds(JsonNode found, UnaryOperator<String> filled) {
        if (operator.equals("absent") || operator.equals("exists")) {
            return found.isMissingNode() == operator.equals("absent");
        }
        if (found.isMissingNode()) {
            return false;
        }
        return switch (operator) {
            case "eq" -> expected.isString() ? isText(found, filled) : expected.equals(found);
            case "in" -> expected.valueStream().anyMatch(found::equals);
            case "len" -> found.size() == expected.asInt();
            case "match" ->
                Pattern.compile(filled.apply(expected.asString()))
                        .matcher(text(found))
                        .find();
            case "contains" -> text(found).contains(filled.apply(expected.asString()));
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
    }

    private boolean isText(JsonNode found, UnaryOperator<String> filled) {
        return found.isString() && found.asString().equals(filled.apply(expected.asString()));
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : node.toString();
    }
}
