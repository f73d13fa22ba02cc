package io.auspex.restconfserver;

import io.auspex.restconfserver.http.PercentCoding;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, each at most once (RFC 8040 §4.8). */
final class QueryParameters {
    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * The parameters of a raw query.
     *
     * @throws YangException when one stands twice or is not well-formed
     */
    static QueryParameters of(@Nullable String query) throws YangException {
        var values = new LinkedHashMap<String, String>();
        if (query != null) {
            for (var piece : query.split("&", -1)) {
                if (piece.isEmpty()) {
                    continue;
                }
                var equals = piece.indexOf('=');
                var name = decoded(equals < 0 ? piece : piece.substring(0, equals));
                var value = equals < 0 ? "" : decoded(piece.substring(equals + 1));
                if (values.put(name, value) != null) {
                    throw bad("the query parameter '" + name + "' stands twice");
                }
            }
        }
        return new QueryParameters(values);
    }

    private static String decoded(String raw) throws YangException {
        return PercentCoding.decode(raw)
                .orElseThrow(() -> bad("the query has '" + raw + "', which is not percent-encoded UTF-8"));
    }

    static YangException bad(String message) {
        return new YangException(Failure.BAD_PARAMETER, message);
    }

    /**
     * Checks that there are no others than these.
     *
     * @param resource what they are for, for the message
     */
    QueryParameters allow(String resource, Set<String> names) throws YangException {
        for (var name : values.keySet()) {
            if (!names.contains(name)) {
                throw new YangException(
                        PageParams.NAMES.contains(name) ? Failure.MISPLACED_PARAMETER : Failure.BAD_PARAMETER,
                        "the query parameter '" + name + "' is not known for " + resource
                                + (names.isEmpty()
                                        ? ", which has none"
                                        : "; known are " + String.join(", ", sorted(names))));
            }
        }
        return this;
    }

    private static Iterable<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** A canonical text of all of them, equal for equal parameters. */
    @Override
    public String toString() {
        return values.toString();
    }
}
