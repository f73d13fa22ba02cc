package io.auspex.expressions;

import static io.auspex.expressions.Fixture.bool;
import static io.auspex.expressions.Fixture.check;
import static io.auspex.expressions.Fixture.evaluate;
import static io.auspex.expressions.Fixture.num;
import static io.auspex.expressions.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3 == 7 => true",
                "(1 + 2) * 3 == 9 => true",
                "10 - 2 - 3 == 5 => true",
                "7 % 4 == 3 && 8 / 2 == 4 => true",
                "-2 < -1 && !(2 <= 1) => true",
                "1e3 == 1000.0 => true",
                "'a' == \"a\" => true",
                "'a\\'b' != 'ab' => true",
                "2 in [1, 2, -3] => true",
                "-3 in [1, 2, -3] => true",
                "'x' in ['a', 'b'] => false",
                "true ? false : true => false",
                "false || true && false => false",
                "1 > 2 ? true : 2 > 1 ? true : false => true",
                "abs(-4) == 4 && lesser(1, 2) == 1 && greater(1, 2) == 2 => true",
                "0 == -0 => true",
                "!true == false => true",
                "in-errors - in-pkts == 3 => true",
                "oper-status in ['up', 'dormant'] => true",
            })
    void operatorsAndPrecedence(String source, boolean expected) {
        // Given
        var values = Map.of("in-errors", num(5), "in-pkts", num(2), "oper-status", text("up"));
        CheckedExpression expression = check(source, ValueType.BOOL);

        // When
        Value value = evaluate(expression, values);

        // Then
        assertThat(value).isEqualTo(bool(expected));
        assertThat(new Fixture().run(expression, values)).isEqualTo(expected ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "oper-status == 'up' => absent",
                "oper-status != 'up' => absent",
                "oper-status in ['up'] => absent",
                "false && oper-status == 'up' => false",
                "oper-status == 'up' && false => false",
                "true && oper-status == 'up' => absent",
                "true || oper-status == 'up' => true",
                "oper-status == 'up' || true => true",
                "oper-status == 'up' || false => absent",
                "!(oper-status == 'up') => absent",
                "oper-status == 'up' ? true : false => absent",
                "present(oper-status) => false",
                "orElse(oper-status, 'up') == 'up' => true",
                "in-errors > 1 => absent",
                "1 / 0 > 1 => absent",
                "0 / 0 == 0 => absent",
                "1e308 * 10 > 1 => absent",
                "abs(in-errors) > 1 || greater(in-errors, 2) > 1 => absent",
            })
    void anAbsentValueIsNeitherTrueNorFalse(String source, String expected) {
        // Given
        CheckedExpression expression = check(source, ValueType.BOOL);

        // When
        Value value = evaluate(expression, Map.of());
        double compiled = new Fixture().run(expression, Map.of());

        // Then
        if (expected.equals("absent")) {
            assertThat(value).isInstanceOf(Value.Absent.class);
            assertThat(compiled).isNaN();
        } else {
            assertThat(value).isEqualTo(bool(Boolean.parseBoolean(expected)));
            assertThat(compiled).isEqualTo(expected.equals("true") ? 1 : 0);
        }
    }

    @Test
    void anAbsentResultSaysWhy() {
        // Given
        CheckedExpression expression = check("in-errors > 1", ValueType.BOOL);

        // When
        Value value = evaluate(expression, Map.of("in-errors", new Value.Absent("r1 does not serve it")));

        // Then
        assertThat(value).isEqualTo(new Value.Absent("r1 does not serve it"));
    }

    @Test
    void anExpressionNamesItsMetrics() {
        // Given
        CheckedExpression expression =
                check("enabled && (rate(in-errors, \"60s\") > 1 || oper-status == 'down')", ValueType.BOOL);

        // When
        var metrics = expression.metrics();

        // Then
        assertThat(metrics).containsExactly("enabled", "in-errors", "oper-status");
    }
}
