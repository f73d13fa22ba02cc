package io.auspex.expressions;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Gives every expression its type, or says where the types do not fit. */
final class TypeChecker {
    private final String source;
    private final Map<String, ValueType> metrics;

    private TypeChecker(String source, Map<String, ValueType> metrics) {
        this.source = source;
        this.metrics = metrics;
    }

    static ValueType typeOf(String source, Expression expression, Map<String, ValueType> metrics)
            throws ExpressionException {
        return new TypeChecker(source, metrics).typeOf(expression);
    }

    private ValueType typeOf(Expression expression) throws ExpressionException {
        return switch (expression) {
            case Expression.Literal(var value, int _) -> typeOf(value);
            case Expression.Metric(var name, var at) -> metric(name, at);
            case Expression.Unary(var op, var operand, int _) -> {
                ValueType type = op == UnaryOp.NOT ? ValueType.BOOL : ValueType.NUM;
                require(operand, type, "after '" + op + "'");
                yield type;
            }
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional(var condition, var yes, var no, int _) -> {
                require(condition, ValueType.BOOL, "before '?'");
                ValueType type = typeOf(yes);
                require(no, type, "after ':', as after '?'");
                yield type;
            }
            case Expression.In(var element, var list, int _) -> {
                ValueType type = typeOf(element);
                for (Expression.Literal literal : list) {
                    require(literal, type, "in the list, as before 'in'");
                }
                yield ValueType.BOOL;
            }
            case Expression.Call(var function, var arguments, int _) -> call(function, arguments);
            case Expression.Window(var function, var name, Duration _, var at) -> {
                ValueType type = metric(name, at + function.toString().length() + 1);
                if (function.numeric() && type != ValueType.NUM) {
                    throw fault(at, "'" + function + "' expects a metric of type num, got '" + name + "' of " + type);
                }
                yield ValueType.NUM;
            }
        };
    }

    private ValueType binary(Expression.Binary binary) throws ExpressionException {
        BinaryOp op = binary.op();
        return switch (op) {
            case OR, AND -> both(binary, ValueType.BOOL, ValueType.BOOL);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> both(binary, ValueType.NUM, ValueType.NUM);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> both(binary, ValueType.NUM, ValueType.BOOL);
            case EQUAL, NOT_EQUAL -> {
                // The left operand is checked once: checking it again at each level would take exponential time.
                require(binary.right(), typeOf(binary.left()), "after '" + op + "', as before it");
                yield ValueType.BOOL;
            }
        };
    }

    private ValueType both(Expression.Binary binary, ValueType operands, ValueType result) throws ExpressionException {
        require(binary.left(), operands, "before '" + binary.op() + "'");
        require(binary.right(), operands, "after '" + binary.op() + "'");
        return result;
    }

    private ValueType call(Function function, List<Expression> arguments) throws ExpressionException {
        return switch (function) {
            case PRESENT -> {
                typeOf(arguments.getFirst());
                yield ValueType.BOOL;
            }
            case OR_ELSE -> {
                ValueType first = typeOf(arguments.getFirst());
                require(arguments.get(1), first, "as the second argument of 'orElse', as the first");
                yield first;
            }
            case ABS, LESSER, GREATER -> {
                for (Expression argument : arguments) {
                    require(argument, ValueType.NUM, "as an argument of '" + function + "'");
                }
                yield ValueType.NUM;
            }
        };
    }

    private ValueType metric(String name, int at) throws ExpressionException {
        ValueType type = metrics.get(name);
        if (type == null) {
            throw fault(at, "unknown metric '" + name + "'" + Nearest.hint(name, metrics.keySet()));
        }
        return type;
    }

    private void require(Expression expression, ValueType wanted, String where) throws ExpressionException {
        ValueType got = typeOf(expression);
        if (got != wanted) {
            throw fault(expression.at(), "expected " + wanted + " " + where + ", got " + got);
        }
    }

    private static ValueType typeOf(Value value) {
        return switch (value) {
            case Value.Num _ -> ValueType.NUM;
            case Value.Bool _ -> ValueType.BOOL;
            case Value.Text _ -> ValueType.TEXT;
            case Value.Absent _ -> throw new IllegalArgumentException("a literal has a value");
        };
    }

    private ExpressionException fault(int at, String problem) {
        return new ExpressionException(source, at, problem);
    }
}
