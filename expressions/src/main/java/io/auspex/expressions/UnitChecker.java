package io.auspex.expressions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers of different units that are added, compared or chosen between. A number without a dimension, such as a
 * constant, fits any, and so does one of an unknown unit, which null stands for; what is multiplied with that is unknown, too.
 */
final class UnitChecker {
    private final String source;
    private final Map<String, String> units;

    private UnitChecker(String source, Map<String, String> units) {
        this.source = source;
        this.units = units;
    }

    /** @param units of metrics, by name */
    static void check(String source, Expression expression, Map<String, String> units) throws ExpressionException {
        new UnitChecker(source, units).unitOf(expression);
    }

    private @Nullable Unit unitOf(Expression expression) throws ExpressionException {
        return switch (expression) {
            case Expression.Literal _ -> Unit.NONE;
            case Expression.Metric(var name, int _) -> unitOf(name);
            case Expression.Unary(UnaryOp _, var operand, int _) -> unitOf(operand);
            case Expression.Binary binary -> unitOf(binary);
            case Expression.Conditional(var condition, var yes, var no, int _) -> {
                unitOf(condition);
                yield same(unitOf(yes), no, "after ':', as after '?'");
            }
            case Expression.In(var element, List<Expression.Literal> _, int _) -> {
                unitOf(element);
                yield null;
            }
            case Expression.Call(var function, var arguments, int _) -> unitOf(function, arguments);
            case Expression.Window(var function, var metric, var _, int _) ->
                switch (function) {
                    case RATE -> {
                        Unit unit = unitOf(metric);
                        yield unit == null ? null : unit.per(Unit.SECONDS);
                    }
                    case AVG, MIN, MAX -> unitOf(metric);
                    case CHANGES -> Unit.NONE;
                    case AGE -> Unit.SECONDS;
                };
        };
    }

    private @Nullable Unit unitOf(Expression.Binary binary) throws ExpressionException {
        Unit left = unitOf(binary.left());
        String after = "after '" + binary.op() + "', as before it";
        return switch (binary.op()) {
            case ADD, SUBTRACT, REMAINDER -> same(left, binary.right(), after);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                same(left, binary.right(), after);
                yield null;
            }
            case OR, AND -> {
                unitOf(binary.right());
                yield null;
            }
            case MULTIPLY -> {
                Unit right = unitOf(binary.right());
                yield left == null || right == null ? null : left.times(right);
            }
            case DIVIDE -> {
                Unit right = unitOf(binary.right());
                yield left == null || right == null ? null : left.per(right);
            }
        };
    }

    private @Nullable Unit unitOf(Function function, List<Expression> arguments) throws ExpressionException {
        Unit first = unitOf(arguments.getFirst());
        return switch (function) {
            case PRESENT -> null;
            case ABS -> first;
            case OR_ELSE, LESSER, GREATER ->
                same(first, arguments.get(1), "as the second argument of '" + function + "', as the first");
        };
    }

    /** The unit of both, as far as it is known. */
    private @Nullable Unit same(@Nullable Unit wanted, Expression expression, String where) throws ExpressionException {
        Unit got = unitOf(expression);
        if (wanted == null || wanted.equals(Unit.NONE)) {
            return wanted == null && Unit.NONE.equals(got) ? null : got;
        }
        if (got != null && !got.equals(Unit.NONE) && !got.equals(wanted)) {
            throw new ExpressionException(
                    source, expression.at(), "expected a number in " + wanted + " " + where + ", got one in " + got);
        }
        return wanted;
    }

    private @Nullable Unit unitOf(String metric) {
        String unit = units.get(metric);
        return unit == null ? null : Unit.of(unit);
    }
}
