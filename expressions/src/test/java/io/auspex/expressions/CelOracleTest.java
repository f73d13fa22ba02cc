package io.auspex.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For the subset that both have, an expression means the same as in the Common Expression Language, whose own code is the oracle. */
class CelOracleTest {
    private static final Map<String, ValueType> METRICS =
            Map.of("a", ValueType.NUM, "b", ValueType.NUM, "up", ValueType.BOOL, "status", ValueType.TEXT);
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("a", SimpleType.DOUBLE)
            .addVar("b", SimpleType.DOUBLE)
            .addVar("up", SimpleType.BOOL)
            .addVar("status", SimpleType.STRING)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    @Property(tries = 1_000)
    void anExpressionHasTheValueThatCelGivesIt(
            @ForAll("conditions") String source,
            @ForAll("numbers") double a,
            @ForAll("numbers") double b,
            @ForAll boolean up,
            @ForAll("texts") String status)
            throws ExpressionException, CelValidationException, CelEvaluationException {
        // Given
        CheckedExpression expression = CheckedExpression.of(source, METRICS, ValueType.BOOL);
        Map<String, Object> bindings = new LinkedHashMap<>();
        bindings.put("a", a);
        bindings.put("b", b);
        bindings.put("up", up);
        bindings.put("status", status);

        // When
        Value ours = Fixture.evaluate(
                expression,
                Map.of(
                        "a", new Value.Num(a),
                        "b", new Value.Num(b),
                        "up", new Value.Bool(up),
                        "status", new Value.Text(status)));

        // Then: without a finite result ours is absent, where CEL goes on with infinity
        if (ours instanceof Value.Bool(boolean truth)) {
            assertThat(RUNTIME.createProgram(COMPILER.compile(source).getAst()).eval(bindings))
                    .as(source)
                    .isEqualTo(truth);
        } else {
            assertThat(source).as("only a division can have no result").contains("/");
        }
    }

    @Provide
    Arbitrary<String> conditions() {
        return condition(3);
    }

    @Provide
    Arbitrary<Double> numbers() {
        return Arbitraries.of(-2.5, -1.0, 0.0, 0.5, 1.0, 3.0, 1000.0);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("up", "down", "");
    }

    /** Without added parentheses, so that precedence is compared as well. */
    private static Arbitrary<String> condition(int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "up", "true", "false", "status == 'up'", "status != \"down\"", "status in ['up', 'testing']", "!up");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = condition(depth - 1);
        return Arbitraries.oneOf(List.of(
                leaf,
                joined(inner, List.of("&&", "||")),
                joined(number(2), List.of("<", "<=", ">", ">=", "==", "!=")),
                number(1).map(n -> n + " in [0.0, -1.0, 2.5]"),
                inner.map(c -> "!(" + c + ")"),
                inner.map(c -> "(" + c + ") == up"),
                Combinators.combine(inner, inner, inner).as((c, y, n) -> "(" + c + ") ? (" + y + ") : " + n)));
    }

    private static Arbitrary<String> number(int depth) {
        Arbitrary<String> leaf = Arbitraries.of("a", "b", "0.0", "1.5", "-a", "2e3");
        return depth == 0 ? leaf : Arbitraries.oneOf(leaf, joined(number(depth - 1), List.of("+", "-", "*", "/")));
    }

    private static Arbitrary<String> joined(Arbitrary<String> operand, List<String> operators) {
        return Combinators.combine(operand, Arbitraries.of(operators), operand)
                .as((left, op, right) -> left + " " + op + " " + right);
    }
}
