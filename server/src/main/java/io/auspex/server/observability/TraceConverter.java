package io.auspex.server.observability;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.auspex.restconfserver.http.TraceContext;

/** The word {@code %trace} of a log pattern: the trace of the request that a line was written for, if for any. */
public final class TraceConverter extends ClassicConverter {
    private static final String KEY = "trace";

    @Override
    public String convert(ILoggingEvent event) {
        var pairs = event.getKeyValuePairs();
        var said = pairs != null && pairs.stream().anyMatch(p -> p.key.equals(KEY));
        return said || !TraceContext.CURRENT.isBound()
                ? ""
                : " " + KEY + "=\"" + TraceContext.CURRENT.get().traceId() + "\"";
    }
}
