package io.auspex.expressions;

import java.util.List;

/**
 * One node of a program's graph; equal instructions are one node.
 *
 * @param a register of the first operand, or the number of the metric or window
 * @param b register of the second operand
 * @param c register of the third operand
 * @param constants the value of a constant, or the members of a list
 */
record Instruction(Op op, int a, int b, int c, List<Double> constants) {
    static Instruction constant(double value) {
        return new Instruction(Op.CONSTANT, 0, 0, 0, List.of(value));
    }
}
