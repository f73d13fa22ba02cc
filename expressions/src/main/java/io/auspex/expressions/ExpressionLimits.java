package io.auspex.expressions;

/**
 * Bounds on expressions from strangers.
 *
 * @param length characters of the source
 * @param depth nesting of operators, parentheses and calls
 * @param listLength constants in one list
 */
public record ExpressionLimits(int length, int depth, int listLength) {
    public static final ExpressionLimits DEFAULT = new ExpressionLimits(4_096, 64, 256);
}
