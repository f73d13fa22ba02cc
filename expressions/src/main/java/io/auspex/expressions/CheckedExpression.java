package io.auspex.expressions;

import java.util.Map;
import java.util.Set;

/** An expression whose names and types fit the declared metrics. */
public record CheckedExpression(String source, Expression root, ValueType type) {

    /**
     * Parses and checks an expression.
     *
     * @param source the text
     * @param metrics the metrics that may be named, and their types
     * @param wanted the type that the whole must have
     * @throws ExpressionException with line, column and a caret, what was expected and what was found
     */
    public static CheckedExpression of(
            String source, Map<String, ValueType> metrics, ValueType wanted, ExpressionLimits limits)
            throws ExpressionException {
        Expression root = Parser.parse(source, limits);
        ValueType type = TypeChecker.typeOf(source, root, metrics);
        if (type != wanted) {
            throw new ExpressionException(
                    source, root.at(), "expected an expression of type " + wanted + ", got " + type);
        }
        return new CheckedExpression(source, root, type);
    }

    /** As {@link #of(String, Map, ValueType, ExpressionLimits)} with the default limits. */
    public static CheckedExpression of(String source, Map<String, ValueType> metrics, ValueType wanted)
            throws ExpressionException {
        return of(source, metrics, wanted, ExpressionLimits.DEFAULT);
    }

    /**
     * Checks that numbers of different units are not added, compared or chosen between.
     *
     * @param units of the metrics that have one, by name
     * @return this
     * @throws ExpressionException at the first that does not fit
     */
    public CheckedExpression inUnits(Map<String, String> units) throws ExpressionException {
        UnitChecker.check(source, root, units);
        return this;
    }

    /** The metrics that the expression reads, in alphabetical order. */
    public Set<String> metrics() {
        return Expression.metricsOf(root);
    }
}
