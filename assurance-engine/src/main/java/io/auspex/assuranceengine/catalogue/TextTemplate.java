package io.auspex.assuranceengine.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text in which names in braces stand for values, such as <code>interface {interface} of {device}</code>.
 *
 * @param places the names, each with the text between the one before and it
 * @param rest the text after the last
 */
public record TextTemplate(List<Place> places, String rest) {
    /** A name, and the text before it. */
    public record Place(String before, String name) {}

    public TextTemplate {
        places = List.copyOf(places);
    }

    /** Reads a template; every text is one. */
    public static TextTemplate of(String text) {
        List<Place> places = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            // Of "{{name}" the inner brace opens.
            int start = text.lastIndexOf('{', close);
            places.add(new Place(text.substring(from, start), text.substring(start + 1, close)));
            from = close + 1;
        }
        return new TextTemplate(places, text.substring(from));
    }

    /** The text with each known name replaced by its value; others stay, braces included. */
    public String fill(UnaryOperator<@Nullable String> values) {
        if (places.isEmpty()) {
            return rest;
        }
        StringBuilder filled = new StringBuilder();
        for (Place place : places) {
            String value = values.apply(place.name);
            filled.append(place.before);
            if (value == null) {
                filled.append('{').append(place.name).append('}');
            } else {
                filled.append(value);
            }
        }
        return filled.append(rest).toString();
    }
}
