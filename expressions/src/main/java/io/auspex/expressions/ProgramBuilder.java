package io.auspex.expressions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles checked expressions over the same metrics into one {@link Program}; equal parts are computed once. */
public final class ProgramBuilder {
    private final Map<String, Integer> metricNumbers = new LinkedHashMap<>();
    private final TextCodes texts;
    private final Map<Instruction, Integer> registers = new LinkedHashMap<>();
    private final Map<WindowCall, Integer> windows = new LinkedHashMap<>();
    private final List<Integer> roots = new ArrayList<>();

    /**
     * Starts a program.
     *
     * @param metrics names of the metrics; a metric's place is its number
     * @param texts codes of the texts in expressions and in metric values
     */
    public ProgramBuilder(List<String> metrics, TextCodes texts) {
        for (String metric : metrics) {
            metricNumbers.put(metric, metricNumbers.size());
        }
        this.texts = texts;
    }

    /** Adds an expression and returns the number of its result. */
    public int add(CheckedExpression expression) {
        roots.add(register(expression.root()));
        return roots.size() - 1;
    }

    public Program build() {
        return new Program(
                List.copyOf(registers.keySet()),
                roots.stream().mapToInt(Integer::intValue).toArray(),
                metricNumbers.size(),
                List.copyOf(windows.keySet()));
    }

    private int register(Expression expression) {
        return switch (expression) {
            case Expression.Literal(var value, int _) -> register(Instruction.constant(number(value)));
            case Expression.Metric(var name, int _) -> register(Op.METRIC, numberOf(name));
            case Expression.Unary(var op, var operand, int _) ->
                register(op == UnaryOp.NOT ? Op.NOT : Op.NEGATE, register(operand));
            case Expression.Binary(var op, var left, var right, int _) ->
                register(Op.of(op), register(left), register(right));
            case Expression.Conditional(var condition, var yes, var no, int _) ->
                register(new Instruction(Op.SELECT, register(condition), register(yes), register(no), List.of()));
            case Expression.In(var element, var list, int _) ->
                register(new Instruction(
                        Op.IN,
                        register(element),
                        0,
                        0,
                        list.stream()
                                .map(l -> number(l.value()))
                                .distinct()
                                .sorted()
                                .toList()));
            case Expression.Call(var function, var arguments, int _) ->
                arguments.size() == 1
                        ? register(Op.of(function), register(arguments.getFirst()))
                        : register(Op.of(function), register(arguments.getFirst()), register(arguments.get(1)));
            case Expression.Window(var function, var metric, var span, int _) -> {
                WindowCall call = new WindowCall(function, numberOf(metric), span);
                Integer known = windows.get(call);
                int number = known == null ? windows.size() : known;
                windows.putIfAbsent(call, number);
                yield register(Op.WINDOW, number);
            }
        };
    }

    private int register(Op op, int... operands) {
        return register(new Instruction(op, operands[0], operands.length > 1 ? operands[1] : 0, 0, List.of()));
    }

    private int register(Instruction instruction) {
        Integer known = registers.putIfAbsent(instruction, registers.size());
        return known == null ? registers.size() - 1 : known;
    }

    private int numberOf(String metric) {
        Integer number = metricNumbers.get(metric);
        if (number == null) {
            throw new IllegalArgumentException("the program has no metric '" + metric + "'");
        }
        return number;
    }

    private double number(Value value) {
        return switch (value) {
            // -0.0 equals 0.0 in the language, but not as a member of a list of boxed numbers.
            case Value.Num(var number) -> number + 0.0;
            case Value.Bool(var truth) -> truth ? 1 : 0;
            case Value.Text(var text) -> texts.codeOf(text);
            case Value.Absent _ -> Double.NaN;
        };
    }
}
