package io.auspex.expressions;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compiled expressions over the metrics of one kind of subservice: the level of the expression graph (RFC 9417 §2) that
 * is evaluated per subservice. Values are doubles: a bool is 0 or 1, a text its code, absent is NaN.
 */
public final class Program {
    private final Op[] ops;
    private final int[] a;
    private final int[] b;
    private final int[] c;
    private final double[][] constants;
    private final int[] roots;
    private final List<WindowCall> windows;
    private final int[][] rootsOfMetric;
    private final int[] timedRoots;

    Program(List<Instruction> code, int[] roots, int metrics, List<WindowCall> windows) {
        int size = code.size();
        this.ops = code.stream().map(Instruction::op).toArray(Op[]::new);
        this.a = code.stream().mapToInt(Instruction::a).toArray();
        this.b = code.stream().mapToInt(Instruction::b).toArray();
        this.c = code.stream().mapToInt(Instruction::c).toArray();
        this.constants = code.stream()
                .map(i ->
                        i.constants().stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
        this.roots = roots.clone();
        this.windows = windows;
        this.rootsOfMetric = new int[metrics][];
        for (int metric = 0; metric < metrics; metric++) {
            boolean[] reached = new boolean[size];
            for (int i = 0; i < size; i++) {
                reached[i] = ops[i] == Op.METRIC && a[i] == metric
                        || ops[i] == Op.WINDOW && windows.get(a[i]).metric() == metric;
            }
            rootsOfMetric[metric] = rootsReachedFrom(reached);
        }
        boolean[] timed = new boolean[size];
        for (int i = 0; i < size; i++) {
            timed[i] = ops[i] == Op.WINDOW && windows.get(a[i]).function() == WindowFunction.AGE;
        }
        this.timedRoots = rootsReachedFrom(timed);
    }

    /** How many registers an evaluation needs. */
    public int registers() {
        return ops.length;
    }

    /** How many expressions the program holds. */
    public int results() {
        return roots.length;
    }

    /** The window calls, by number. */
    public List<WindowCall> windows() {
        return windows;
    }

    /** The numbers of the results that read a metric, its past included. */
    public int[] resultsOfMetric(int metric) {
        return rootsOfMetric[metric].clone();
    }

    /**
     * The numbers with which a metric is compared, in order: as long as it passes none of them, no result changes. Null where
     * it is used otherwise than in comparisons with constants.
     */
    public double @Nullable [] breakpoints(int metric) {
        DoubleStream.Builder found = DoubleStream.builder();
        for (int i = 0; i < ops.length; i++) {
            if (ops[i] == Op.WINDOW && windows.get(a[i]).metric() == metric) {
                return null;
            }
            if (ops[i] == Op.METRIC && a[i] == metric) {
                int register = i;
                if (IntStream.of(roots).anyMatch(root -> root == register) || !areComparisons(register, found)) {
                    return null;
                }
            }
        }
        return found.build().sorted().distinct().toArray();
    }

    private boolean areComparisons(int register, DoubleStream.Builder constants) {
        for (int i = 0; i < ops.length; i++) {
            int[] operands = operands(i);
            if (IntStream.of(operands).noneMatch(operand -> operand == register)) {
                continue;
            }
            switch (ops[i]) {
                case PRESENT -> {}
                case IN -> DoubleStream.of(this.constants[i]).forEach(constants);
                case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                    int other = operands[0] == register ? operands[1] : operands[0];
                    if (ops[other] != Op.CONSTANT) {
                        return false;
                    }
                    constants.accept(this.constants[other][0]);
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    /** The numbers of the results that change with time alone. */
    public int[] timedResults() {
        return timedRoots.clone();
    }

    /** The instructions that some of the results need, for {@link #run}. */
    public int[] codeFor(int... results) {
        boolean[] needed = new boolean[ops.length];
        for (int result : results) {
            needed[roots[result]] = true;
        }
        for (int i = ops.length - 1; i >= 0; i--) {
            for (int operand : needed[i] ? operands(i) : new int[0]) {
                needed[operand] = true;
            }
        }
        return IntStream.range(0, ops.length).filter(i -> needed[i]).toArray();
    }

    /**
     * Evaluates the results that {@code code} was made for; the others are not to be read afterwards.
     *
     * @param r at least {@link #registers} numbers, overwritten
     */
    public void run(int[] code, ProgramInput input, double[] r) {
        for (int i : code) {
            double x = r[a[i] < r.length ? a[i] : 0];
            r[i] = switch (ops[i]) {
                case CONSTANT -> constants[i][0];
                case METRIC -> input.metric(a[i]);
                case WINDOW -> input.window(a[i]);
                case NOT -> 1 - x;
                case NEGATE -> -x;
                case OR -> x == 1 || r[b[i]] == 1 ? 1 : x + r[b[i]];
                case AND -> x == 0 || r[b[i]] == 0 ? 0 : x * r[b[i]];
                case EQUAL -> truth(x, r[b[i]], x == r[b[i]]);
                case NOT_EQUAL -> truth(x, r[b[i]], x != r[b[i]]);
                case LESS -> truth(x, r[b[i]], x < r[b[i]]);
                case LESS_OR_EQUAL -> truth(x, r[b[i]], x <= r[b[i]]);
                case GREATER -> truth(x, r[b[i]], x > r[b[i]]);
                case GREATER_OR_EQUAL -> truth(x, r[b[i]], x >= r[b[i]]);
                case ADD -> finite(x + r[b[i]]);
                case SUBTRACT -> finite(x - r[b[i]]);
                case MULTIPLY -> finite(x * r[b[i]]);
                case DIVIDE -> finite(x / r[b[i]]);
                case REMAINDER -> finite(x % r[b[i]]);
                case SELECT -> Double.isNaN(x) ? x : x == 1 ? r[b[i]] : r[c[i]];
                case IN -> member(x, constants[i]);
                case PRESENT -> Double.isNaN(x) ? 0 : 1;
                case OR_ELSE -> Double.isNaN(x) ? r[b[i]] : x;
                case ABS -> Math.abs(x);
                case LESSER -> Math.min(x, r[b[i]]);
                case GREATER_OF -> Math.max(x, r[b[i]]);
            };
        }
    }

    /** The result of this number after a run that covers it, NaN where it is absent. */
    public double result(int number, double[] registers) {
        return registers[roots[number]];
    }

    private static double truth(double x, double y, boolean truth) {
        return Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : truth ? 1 : 0;
    }

    private static double finite(double x) {
        return Double.isFinite(x) ? x : Double.NaN;
    }

    private static double member(double x, double[] members) {
        if (Double.isNaN(x)) {
            return x;
        }
        for (double member : members) {
            if (member == x) {
                return 1;
            }
        }
        return 0;
    }

    private int[] rootsReachedFrom(boolean[] reached) {
        for (int i = 0; i < ops.length; i++) {
            for (int operand : operands(i)) {
                reached[i] |= reached[operand];
            }
        }
        return IntStream.range(0, roots.length).filter(n -> reached[roots[n]]).toArray();
    }

    private int[] operands(int i) {
        return switch (ops[i]) {
            case CONSTANT, METRIC, WINDOW -> new int[0];
            case NOT, NEGATE, IN, PRESENT, ABS -> new int[] {a[i]};
            case SELECT -> new int[] {a[i], b[i], c[i]};
            case OR,
                    AND,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    REMAINDER,
                    OR_ELSE,
                    LESSER,
                    GREATER_OF -> new int[] {a[i], b[i]};
        };
    }
}
