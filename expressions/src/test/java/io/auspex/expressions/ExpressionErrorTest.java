package io.auspex.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionErrorTest {

    @ParameterizedTest
    @MethodSource
    void anErrorShowsWhatWasExpectedAndFoundAndWhere(String source, String message) {
        // When
        ExpressionException fault = faultOf(source);

        // Then
        assertThat(fault).hasMessage(message);
    }

    static List<Arguments> anErrorShowsWhatWasExpectedAndFoundAndWhere() {
        return List.of(
                Arguments.of("oper-status = 'up'", """
                        line 1, column 13: '=' is not an operator: expected '==' to compare
                        oper-status = 'up'
                                    ^"""),
                Arguments.of("oper_status == 'up'", """
                        line 1, column 1: unknown metric 'oper_status': did you mean 'oper-status'?
                        oper_status == 'up'
                        ^"""),
                Arguments.of("enabled &&\n  in-errors == 'up'", """
                        line 2, column 16: expected num after '==', as before it, got text
                          in-errors == 'up'
                                       ^"""),
                Arguments.of("in-errors + 1", """
                        line 1, column 11: expected an expression of type bool, got num
                        in-errors + 1
                                  ^"""),
                Arguments.of("(enabled", """
                        line 1, column 9: expected ')', got the end of the expression
                        (enabled
                                ^"""),
                Arguments.of("enabled enabled", """
                        line 1, column 9: expected an operator or the end of the expression, got 'enabled'
                        enabled enabled
                                ^"""),
                Arguments.of("rat(in-errors, \"60s\") > 1", """
                        line 1, column 1: unknown function 'rat': did you mean 'rate'?
                        rat(in-errors, "60s") > 1
                        ^"""),
                Arguments.of("rate(in-errors, 60) > 1", """
                        line 1, column 17: expected a span of time such as "500ms", "60s", "5m" or "1h", got number 60
                        rate(in-errors, 60) > 1
                                        ^"""),
                Arguments.of("rate(oper-status, \"60s\") > 1", """
                        line 1, column 1: 'rate' expects a metric of type num, got 'oper-status' of text
                        rate(oper-status, "60s") > 1
                        ^"""),
                Arguments.of("orElse(enabled)", """
                        line 1, column 1: 'orElse' takes 2 arguments, got 1
                        orElse(enabled)
                        ^"""),
                Arguments.of("oper-status in ['up', 1]", """
                        line 1, column 23: expected text in the list, as before 'in', got num
                        oper-status in ['up', 1]
                                              ^"""),
                Arguments.of("oper-status < 'up'", """
                        line 1, column 1: expected num before '<', got text
                        oper-status < 'up'
                        ^"""),
                Arguments.of("oper-status == 'up", """
                        line 1, column 16: the string has no closing '
                        oper-status == 'up
                                       ^"""),
                Arguments.of("", """
                        line 1, column 1: expected a value, got the end of the expression

                        ^"""));
    }

    @ParameterizedTest
    @MethodSource
    @Timeout(5)
    void anExpressionFromAStrangerIsBounded(String source, String problem) {
        // When
        ExpressionException fault = faultOf(source);

        // Then
        assertThat(fault.problem()).isEqualTo(problem);
        assertThat(fault.getMessage()).hasSizeLessThan(500);
    }

    static List<Arguments> anExpressionFromAStrangerIsBounded() {
        return List.of(
                Arguments.of(
                        "1".repeat(5_000), "the expression is too long: expected at most 4096 characters, got 5000"),
                Arguments.of("(".repeat(4_000), "the expression is nested too deeply: expected at most 64"),
                Arguments.of("!".repeat(4_000), "the expression is nested too deeply: expected at most 64"),
                Arguments.of(
                        "enabled" + " && enabled".repeat(200),
                        "the expression is nested too deeply: expected at most 64"),
                Arguments.of(
                        "enabled ? enabled : ".repeat(200) + "enabled",
                        "the expression is nested too deeply: expected at most 64"),
                Arguments.of("in-errors in [1" + ",1".repeat(300) + "]", "the list is too long: expected at most 256"),
                Arguments.of(
                        "in-errors > " + "9".repeat(100),
                        "the number is too large: expected at most 64 characters and a magnitude below 1.8e308"),
                Arguments.of(
                        "in-errors > 1e999",
                        "the number is too large: expected at most 64 characters and a magnitude below 1.8e308"));
    }

    @Test
    @Timeout(5)
    void checkingADeepExpressionTakesLinearTime() throws ExpressionException {
        // Given
        String source = "(".repeat(20) + "enabled" + " == true)".repeat(20) + " == true".repeat(40);

        // When
        CheckedExpression expression =
                CheckedExpression.of(source, Fixture.METRICS, ValueType.BOOL, ExpressionLimits.DEFAULT);

        // Then
        assertThat(expression.type()).isEqualTo(ValueType.BOOL);
    }

    private static ExpressionException faultOf(String source) {
        return catchThrowableOfType(
                ExpressionException.class, () -> CheckedExpression.of(source, Fixture.METRICS, ValueType.BOOL));
    }
}
