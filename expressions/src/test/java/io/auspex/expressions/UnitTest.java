package io.auspex.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
    private static final Map<String, ValueType> TYPES = Map.of(
            "delay", ValueType.NUM,
            "limit", ValueType.NUM,
            "loss", ValueType.NUM,
            "errors", ValueType.NUM,
            "packets", ValueType.NUM,
            "pps", ValueType.NUM,
            "any", ValueType.NUM,
            "up", ValueType.BOOL);
    private static final Map<String, String> UNITS = Map.of(
            "delay",
            "ms",
            "limit",
            "ms",
            "loss",
            "percent",
            "errors",
            "packets",
            "packets",
            "packets",
            "pps",
            "packets/s");

    private static void check(String source) throws ExpressionException {
        CheckedExpression.of(source, TYPES, ValueType.BOOL).inUnits(UNITS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delay > limit",
                "delay > 2 * limit + 5",
                "delay > any",
                "errors / any > pps",
                "any / errors > delay",
                "any * delay > loss",
                "(5 + any) * delay > loss",
                "100 * errors / packets > loss",
                "changes(delay, '1h') * delay > limit",
                "rate(errors, '60s') / rate(packets, '60s') > 0.01",
                "rate(errors, '60s') > pps",
                "avg(delay, '5m') > limit && loss > 1",
                "errors / age(errors) > pps",
                "up == (delay > limit)",
                "changes(delay, '1h') > 3",
                "1 / pps > age(errors) / packets",
                "orElse(limit, 20) < abs(delay)",
                "delay in [1, 2]"
            })
    void numbersOfOneUnitMayBeComparedAndAdded(String source) throws Exception {
        check(source);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delay > loss                        | column 9: expected a number in ms after '>', as before it, got one in percent
            delay > limit + loss                | column 17: expected a number in ms after '+', as before it, got one in percent
            rate(errors, '60s') > packets       | column 23: expected a number in packets/s after '>', as before it, got one in packets
            delay * limit > delay               | column 17: expected a number in ms^2 after '>', as before it, got one in ms
            lesser(delay, loss) > 1             | column 15: expected a number in ms as the second argument of 'lesser'
            orElse(limit, loss) > 1             | column 15: expected a number in ms as the second argument of 'orElse'
            (up ? delay : loss) > 1             | column 15: expected a number in ms after ':', as after '?', got one in percent
            !(up && -delay == loss)             | column 19: expected a number in ms after '==', as before it, got one in percent
            delay + any > loss                  | column 15: expected a number in ms after '>', as before it, got one in percent
            errors / packets + delay > loss     | column 28: expected a number in ms after '>', as before it, got one in percent
            1 / delay > loss                    | column 13: expected a number in 1/ms after '>', as before it, got one in percent
            """)
    void numbersOfDifferentUnitsMayNot(String source, String problem) {
        assertThatThrownBy(() -> check(source)).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"ms, ms", "packets/s, packets/s", "bit * km, bit*km", "1/s, 1/s", "a/b/c, a/b/c", "m/m, 1", "s*s, s^2"})
    void unitsAreReadAndWritten(String text, String shown) {
        assertThat(Unit.of(text)).hasToString(shown);
    }
}
