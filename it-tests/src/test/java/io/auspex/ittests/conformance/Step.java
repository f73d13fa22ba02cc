package io.auspex.ittests.conformance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request with what is expected of its answer: a case, or what comes before, while or after it.
 *
 * @param kind how it is sent: null and {@code http} in the ordinary way; {@code sse} as an event stream that is read;
 *     {@code sse-open} and {@code sse-close} for streams that stay open beside the case
 * @param expectStatus a number, or an array of those allowed; null for any
 * @param capture variables to set from the answer
 */
record Step(
        @Nullable String kind,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        @Nullable JsonNode expectStatus,
        Map<String, String> capture,
        List<JsonCheck> expectJson,
        List<String> expectBodyContains) {
    Step {
        method = method == null ? "" : method;
        path = path == null ? "" : path;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        capture = capture == null ? Map.of() : Map.copyOf(capture);
        expectJson = expectJson == null ? List.of() : List.copyOf(expectJson);
        expectBodyContains = expectBodyContains == null ? List.of() : List.copyOf(expectBodyContains);
    }

    boolean expects(int status) {
        return allows(expectStatus, status);
    }

    static boolean allows(@Nullable JsonNode expected, int status) {
        if (expected == null || expected.isNull()) {
            return true;
        }
        return expected.isArray()
                ? expected.valueStream().anyMatch(s -> s.asInt() == status)
                : expected.asInt() == status;
    }
}
