package io.auspex.restconfserver.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A media type or range with its parameters (RFC 9110 §8.3.1).
 *
 * @param type in lower case; {@code *} in a range
 * @param subtype in lower case; {@code *} in a range
 * @param parameters by name in lower case, quotes removed
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    private static final String TOKEN = "!#$%&'*+-.^_`|~";
    private static final int MAX_ELEMENTS = 64;

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** Type and subtype. */
    public String name() {
        return type + "/" + subtype;
    }

    /** The media type of a header value; empty when it is not well-formed. */
    public static Optional<MediaType> parse(String text) {
        var pieces = split(text, ';');
        var slash = pieces.getFirst().indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var type = pieces.getFirst().substring(0, slash).strip().toLowerCase(Locale.ROOT);
        var subtype = pieces.getFirst().substring(slash + 1).strip().toLowerCase(Locale.ROOT);
        if (!isToken(type) || !isToken(subtype)) {
            return Optional.empty();
        }
        var parameters = new TreeMap<String, String>();
        for (var piece : pieces.subList(1, pieces.size())) {
            if (piece.isBlank()) {
                continue;
            }
            var equals = piece.indexOf('=');
            if (equals < 0 || !isToken(piece.substring(0, equals).strip())) {
                return Optional.empty();
            }
            var value = piece.substring(equals + 1).strip();
            if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
                value = value.substring(1, value.length() - 1);
            }
            parameters.put(piece.substring(0, equals).strip().toLowerCase(Locale.ROOT), value);
        }
        return Optional.of(new MediaType(type, subtype, parameters));
    }

    /** The elements of a list-valued header, at most 64; quoted separators do not separate. */
    static List<String> elements(String text) {
        var all = split(text, ',');
        return all.size() > MAX_ELEMENTS ? all.subList(0, MAX_ELEMENTS) : all;
    }

    private static List<String> split(String text, char separator) {
        var pieces = new ArrayList<String>(4);
        var quoted = false;
        var start = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0));
    }
}
