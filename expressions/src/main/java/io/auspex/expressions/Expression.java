package io.auspex.expressions;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The syntax tree of an expression; {@code at} is the offset of the node's first character in the source. */
public sealed interface Expression {

    /** Offset of the node in the source, in characters from 0. */
    int at();

    /** A constant. */
    record Literal(Value value, int at) implements Expression {}

    /** The newest value of a metric. */
    record Metric(String name, int at) implements Expression {}

    /** An operator and its operand. */
    record Unary(UnaryOp op, Expression operand, int at) implements Expression {}

    /** An operator between two operands; {@code at} is that of the operator. */
    record Binary(BinaryOp op, Expression left, Expression right, int at) implements Expression {}

    /** {@code condition ? yes : no}. */
    record Conditional(Expression condition, Expression yes, Expression no, int at) implements Expression {}

    /** {@code element in [a, b, c]}. */
    record In(Expression element, List<Literal> list, int at) implements Expression {
        public In {
            list = List.copyOf(list);
        }
    }

    /** A function on values. */
    record Call(Function function, List<Expression> arguments, int at) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** A function on a metric's past; the span is zero for functions that take none. */
    record Window(WindowFunction function, String metric, Duration span, int at) implements Expression {}

    /** The metrics that the expression reads, in alphabetical order. */
    static Set<String> metricsOf(Expression expression) {
        Set<String> names = new TreeSet<>();
        collect(expression, names);
        return names;
    }

    private static void collect(Expression expression, Set<String> names) {
        switch (expression) {
            case Literal _ -> {}
            case Metric(var name, int _) -> names.add(name);
            case Unary(UnaryOp _, var operand, int _) -> collect(operand, names);
            case Binary(BinaryOp _, var left, var right, int _) -> {
                collect(left, names);
                collect(right, names);
            }
            case Conditional(var condition, var yes, var no, int _) -> {
                collect(condition, names);
                collect(yes, names);
                collect(no, names);
            }
            case In in -> collect(in.element(), names);
            case Call(Function _, var arguments, int _) -> arguments.forEach(a -> collect(a, names));
            case Window window -> names.add(window.metric());
        }
    }
}
