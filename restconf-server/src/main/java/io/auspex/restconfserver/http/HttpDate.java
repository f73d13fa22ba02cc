package io.auspex.restconfserver.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Dates of HTTP, whole seconds in GMT (RFC 9110 §5.6.7). */
public final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private record Formatted(long second, String text) {}

    /** The texts made lately, each in the place that its second says. */
    private static final AtomicReferenceArray<@Nullable Formatted> LATELY = new AtomicReferenceArray<>(64);

    private HttpDate() {}

    /** The text of a time; for seconds asked for lately it is not made again. */
    public static String format(Instant time) {
        var second = time.getEpochSecond();
        var place = (int) (second & LATELY.length() - 1);
        var known = LATELY.get(place);
        if (known == null || known.second() != second) {
            known = new Formatted(second, FORMAT.format(time));
            LATELY.set(place, known);
        }
        return known.text();
    }

    /** The time of a date in the preferred format; empty for anything else, which a recipient ignores. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(FORMAT.parse(text.strip())));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** A time as precise as a date is. */
    public static Instant truncate(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
