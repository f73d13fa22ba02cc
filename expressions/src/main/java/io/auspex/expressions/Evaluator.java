package io.auspex.expressions;

import java.util.function.DoubleBinaryOperator;

/** Evaluates a checked expression by walking its tree: the plain reading of the language, which {@link Program} must agree with. */
public final class Evaluator {
    private final Environment environment;

    public Evaluator(Environment environment) {
        this.environment = environment;
    }

    /** The value of an expression that was checked against the metrics of the environment. */
    public Value evaluate(Expression expression) {
        return switch (expression) {
            case Expression.Literal(var value, int _) -> value;
            case Expression.Metric(var name, int _) -> environment.metric(name);
            case Expression.Unary(var op, var operand, int _) -> unary(op, evaluate(operand));
            case Expression.Binary(var op, var left, var right, int _) -> binary(op, evaluate(left), evaluate(right));
            case Expression.Conditional(var condition, var yes, var no, int _) ->
                switch (evaluate(condition)) {
                    case Value.Bool(var truth) -> evaluate(truth ? yes : no);
                    case Value other -> other;
                };
            case Expression.In(var element, var list, int _) -> {
                Value value = evaluate(element);
                yield value instanceof Value.Absent
                        ? value
                        : new Value.Bool(list.stream().anyMatch(l -> l.value().equals(value)));
            }
            case Expression.Call(var function, var arguments, int _) ->
                switch (function) {
                    case PRESENT -> new Value.Bool(!(evaluate(arguments.getFirst()) instanceof Value.Absent));
                    case OR_ELSE ->
                        evaluate(arguments.getFirst()) instanceof Value.Absent
                                ? evaluate(arguments.get(1))
                                : evaluate(arguments.getFirst());
                    case ABS ->
                        evaluate(arguments.getFirst()) instanceof Value.Num(double n)
                                ? new Value.Num(Math.abs(n))
                                : evaluate(arguments.getFirst());
                    case LESSER -> arithmetic(Math::min, evaluate(arguments.getFirst()), evaluate(arguments.get(1)));
                    case GREATER -> arithmetic(Math::max, evaluate(arguments.getFirst()), evaluate(arguments.get(1)));
                };
            case Expression.Window(var function, var metric, var span, int _) ->
                environment.window(function, metric, span);
        };
    }

    private static Value unary(UnaryOp op, Value operand) {
        return switch (operand) {
            case Value.Bool(var truth) when op == UnaryOp.NOT -> new Value.Bool(!truth);
            case Value.Num(var number) when op == UnaryOp.NEGATE -> Value.num(-number);
            case Value other -> other;
        };
    }

    private static Value binary(BinaryOp op, Value left, Value right) {
        return switch (op) {
            case OR ->
                isTruth(left, true) || isTruth(right, true) ? new Value.Bool(true) : absentOr(left, right, false);
            case AND ->
                isTruth(left, false) || isTruth(right, false) ? new Value.Bool(false) : absentOr(left, right, true);
            case EQUAL -> absentOr(left, right, left.equals(right));
            case NOT_EQUAL -> absentOr(left, right, !left.equals(right));
            case LESS -> absentOr(left, right, compare(left, right) < 0);
            case LESS_OR_EQUAL -> absentOr(left, right, compare(left, right) <= 0);
            case GREATER -> absentOr(left, right, compare(left, right) > 0);
            case GREATER_OR_EQUAL -> absentOr(left, right, compare(left, right) >= 0);
            case ADD -> arithmetic(Double::sum, left, right);
            case SUBTRACT -> arithmetic((a, b) -> a - b, left, right);
            case MULTIPLY -> arithmetic((a, b) -> a * b, left, right);
            case DIVIDE -> arithmetic((a, b) -> a / b, left, right);
            case REMAINDER -> arithmetic((a, b) -> a % b, left, right);
        };
    }

    private static Value absentOr(Value left, Value right, boolean truth) {
        if (left instanceof Value.Absent) {
            return left;
        }
        return right instanceof Value.Absent ? right : new Value.Bool(truth);
    }

    private static boolean isTruth(Value value, boolean truth) {
        return value instanceof Value.Bool(var b) && b == truth;
    }

    private static int compare(Value left, Value right) {
        return left instanceof Value.Num(var a) && right instanceof Value.Num(var b)
                // Not Double.compare: 0.0 and -0.0 are equal numbers.
                ? (a < b ? -1 : a > b ? 1 : 0)
                : 0;
    }

    private static Value arithmetic(DoubleBinaryOperator operator, Value left, Value right) {
        if (left instanceof Value.Num(var a) && right instanceof Value.Num(var b)) {
            return Value.num(operator.applyAsDouble(a, b));
        }
        return left instanceof Value.Absent ? left : right;
    }
}
