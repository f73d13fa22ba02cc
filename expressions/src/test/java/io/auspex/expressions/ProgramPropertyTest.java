package io.auspex.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProgramPropertyTest {

    @Property(tries = 2_000)
    void aProgramAgreesWithThePlainReadingOfTheExpression(
            @ForAll("conditions") String source, @ForAll("values") Map<String, Value> values) {
        // Given
        CheckedExpression expression = Fixture.check(source, ValueType.BOOL);

        // When
        Value plain = Fixture.evaluate(expression, values);
        Fixture fixture = new Fixture();
        double compiled = fixture.run(expression, values);

        // Then
        assertThat((Object) compiled).isEqualTo(fixture.number(plain));
    }

    @Provide
    Arbitrary<String> conditions() {
        return condition(3);
    }

    @Provide
    Arbitrary<Map<String, Value>> values() {
        Arbitrary<Value> absent = Arbitraries.just(new Value.Absent("not served"));
        Arbitrary<Value> texts = Arbitraries.of("up", "down", "").map(Value.Text::new);
        Arbitrary<Value> numbers = Arbitraries.of(-1.0, 0.0, 0.5, 2.0, 1e300).map(Value.Num::new);
        Arbitrary<Value> truths = Arbitraries.of(true, false).map(Value.Bool::new);
        return Combinators.combine(
                        Arbitraries.oneOf(absent, texts),
                        Arbitraries.oneOf(absent, numbers),
                        Arbitraries.oneOf(absent, numbers),
                        Arbitraries.oneOf(absent, truths))
                .as((text, errors, packets, enabled) ->
                        Map.of("oper-status", text, "in-errors", errors, "in-pkts", packets, "enabled", enabled));
    }

    private static Arbitrary<String> condition(int depth) {
        Arbitrary<String> leaf =
                Arbitraries.of("enabled", "true", "false", "oper-status == 'up'", "present(in-errors)");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = condition(depth - 1);
        return Arbitraries.oneOf(List.of(
                leaf,
                inner.map(c -> "!(" + c + ")"),
                joined(inner, List.of("&&", "||", "==", "!=")),
                joined(number(depth - 1), List.of("<", "<=", ">", ">=", "==", "!=")),
                number(depth - 1).map(n -> "(" + n + ") in [0, -1, 2.5]"),
                Combinators.combine(inner, inner, inner).as((a, b, c) -> "(" + a + ") ? (" + b + ") : (" + c + ")"),
                Combinators.combine(inner, inner).as((a, b) -> "orElse(" + a + ", " + b + ")")));
    }

    private static Arbitrary<String> number(int depth) {
        Arbitrary<String> leaf = Arbitraries.of("in-errors", "in-pkts", "0", "-1", "1.5", "1e300");
        if (depth <= 0) {
            return leaf;
        }
        Arbitrary<String> inner = number(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                joined(inner, List.of("+", "-", "*", "/", "%")),
                inner.map(n -> "abs(" + n + ")"),
                Combinators.combine(inner, inner).as((a, b) -> "greater(" + a + ", " + b + ")"),
                Combinators.combine(inner, inner).as((a, b) -> "lesser(" + a + ", " + b + ")"));
    }

    private static Arbitrary<String> joined(Arbitrary<String> operand, List<String> operators) {
        return Combinators.combine(operand, Arbitraries.of(operators), operand)
                .as((left, op, right) -> "(" + left + ") " + op + " (" + right + ")");
    }
}
