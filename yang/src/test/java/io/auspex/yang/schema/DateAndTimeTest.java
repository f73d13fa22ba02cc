package io.auspex.yang.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateAndTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T10:00:00Z",
                "2024-02-29T23:59:59.001Z",
                "1969-12-31T23:59:59.999999Z",
                "0000-01-01T00:00:00.000000001Z",
                "9999-12-31T23:59:59.100Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z"
            })
    void textIsThatOfTheInstant(String text) {
        assertThat(DateAndTime.of(Instant.parse(text))).isEqualTo(text);
    }

    @Property(tries = 200)
    void anyTimeHasTheTextOfItsInstant(
            @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        var time = Instant.ofEpochSecond(second, nanos);
        assertThat(DateAndTime.of(time)).isEqualTo(time.toString());
    }
}
