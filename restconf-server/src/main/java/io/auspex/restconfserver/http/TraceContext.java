package io.auspex.restconfserver.http;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The trace that a request belongs to (W3C Trace Context §3.2): the caller's where it named one, else one of its own.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 */
public record TraceContext(String traceId) {
    /** The trace of the request being served, for whoever writes a log line. */
    public static final ScopedValue<TraceContext> CURRENT = ScopedValue.newInstance();

    static final String HEADER = "traceparent";

    private static final Pattern TRACEPARENT = Pattern.compile(
            "(?!ff)(?:00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}|(?!00)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?)");
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_PARENT = "0".repeat(16);
    private static final int LONGEST = 512;

    /** The trace that the header fields name; a new one when they name none, several, or one that is not well-formed. */
    static TraceContext of(Headers headers) {
        return of(headers.all(HEADER));
    }

    private static TraceContext of(List<String> values) {
        if (values.size() == 1 && values.getFirst().length() <= LONGEST) {
            var parent = TRACEPARENT.matcher(values.getFirst());
            if (parent.matches()) {
                var first = parent.group(1) != null;
                var trace = parent.group(first ? 1 : 3);
                if (!trace.equals(NO_TRACE) && !parent.group(first ? 2 : 4).equals(NO_PARENT)) {
                    return new TraceContext(trace);
                }
            }
        }
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return new TraceContext(hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong()));
    }
}
