package io.auspex.notifications;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads yang:date-and-time (RFC 6991 §3). */
public final class DateAndTime {
    private DateAndTime() {}

    public static Instant parse(String name, Object value) throws YangException {
        try {
            return OffsetDateTime.parse(value.toString()).toInstant();
        } catch (DateTimeException e) {
            throw new YangException(Failure.INVALID_VALUE, name + " '" + value + "' is no date and time");
        }
    }
}
