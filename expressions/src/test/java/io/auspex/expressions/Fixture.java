package io.auspex.expressions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Metrics, their values, and both ways to evaluate an expression over them. */
final class Fixture {
    static final Map<String, ValueType> METRICS = new LinkedHashMap<>();

    static {
        METRICS.put("oper-status", ValueType.TEXT);
        METRICS.put("admin-status", ValueType.TEXT);
        METRICS.put("in-errors", ValueType.NUM);
        METRICS.put("in-pkts", ValueType.NUM);
        METRICS.put("enabled", ValueType.BOOL);
    }

    private final Map<String, Integer> codes = new HashMap<>();

    static Value.Num num(double number) {
        return new Value.Num(number);
    }

    static Value.Text text(String text) {
        return new Value.Text(text);
    }

    static Value.Bool bool(boolean truth) {
        return new Value.Bool(truth);
    }

    static CheckedExpression check(String source, ValueType type) {
        try {
            return CheckedExpression.of(source, METRICS, type);
        } catch (ExpressionException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static Value evaluate(CheckedExpression expression, Map<String, ? extends Value> values) {
        return new Evaluator(environment(values)).evaluate(expression.root());
    }

    static Environment environment(Map<String, ? extends Value> values) {
        return new Environment() {
            @Override
            public Value metric(String name) {
                return values.containsKey(name) ? values.get(name) : new Value.Absent("never seen");
            }

            @Override
            public Value window(WindowFunction function, String metric, java.time.Duration span) {
                throw new AssertionError("no window expected");
            }
        };
    }

    /** The program's result as a double. */
    double run(CheckedExpression expression, Map<String, ? extends Value> values) {
        List<String> names = new ArrayList<>(METRICS.keySet());
        ProgramBuilder builder = new ProgramBuilder(names, this::code);
        int result = builder.add(expression);
        Program program = builder.build();
        double[] registers = new double[program.registers()];
        double[] slots = names.stream()
                .mapToDouble(n -> values.containsKey(n) ? number(values.get(n)) : Double.NaN)
                .toArray();
        program.run(program.codeFor(result), input(slots, call -> Double.NaN), registers);
        return program.result(result, registers);
    }

    static ProgramInput input(double[] values, IntToDoubleFunction windows) {
        return new ProgramInput() {
            @Override
            public double metric(int number) {
                return values[number];
            }

            @Override
            public double window(int call) {
                return windows.applyAsDouble(call);
            }
        };
    }

    double number(Value value) {
        return switch (value) {
            case Value.Num(var n) -> n;
            case Value.Bool(var b) -> b ? 1 : 0;
            case Value.Text(var t) -> code(t);
            case Value.Absent _ -> Double.NaN;
        };
    }

    private int code(String text) {
        Integer known = codes.putIfAbsent(text, codes.size() + 1);
        return known == null ? codes.size() : known;
    }
}
