package io.auspex.yang.schema;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Values of type date-and-time (RFC 6991 §3), which are text, in UTC. */
public final class DateAndTime {
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int LAST_YEAR = 9999;
    private static final int WITHOUT_FRACTION = "0000-00-00T00:00:00".length();

    private DateAndTime() {}

    /** The text of a time, the same as that of the instant; state is full of them, so digits are put in their places. */
    public static String of(Instant time) {
        var date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY));
        if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
            return time.toString();
        }
        var second = Math.floorMod(time.getEpochSecond(), SECONDS_OF_DAY);
        var nanos = time.getNano();
        var text = "0000-00-00T00:00:00.000000000Z".getBytes(StandardCharsets.ISO_8859_1);
        put(text, 4, date.getYear());
        put(text, 7, date.getMonthValue());
        put(text, 10, date.getDayOfMonth());
        put(text, 13, second / 3600);
        put(text, 16, second / 60 % 60);
        put(text, WITHOUT_FRACTION, second % 60);
        put(text, text.length - 1, nanos);
        var end = WITHOUT_FRACTION + fraction(nanos);
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    /** How many characters the fraction takes: none, or a point and three, six or nine digits. */
    private static int fraction(int nanos) {
        if (nanos == 0) {
            return 0;
        }
        return nanos % 1_000_000 == 0 ? 4 : nanos % 1_000 == 0 ? 7 : 10;
    }

    /** Puts the digits of a number before a place. */
    private static void put(byte[] text, int end, int number) {
        var place = end;
        for (var left = number; left > 0; left /= 10) {
            text[--place] = (byte) ('0' + left % 10);
        }
    }
}
