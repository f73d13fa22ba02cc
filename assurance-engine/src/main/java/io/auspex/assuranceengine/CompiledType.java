package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.expressions.Program;
import io.auspex.expressions.ProgramBuilder;
import io.auspex.expressions.Samples;
import io.auspex.expressions.TextCodes;
import io.auspex.expressions.ValueType;
import io.auspex.expressions.WindowCall;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A subservice type made ready for the writer: its rules as one program, and which of them each metric touches. */
final class CompiledType {
    final SubserviceType definition;
    final int index;
    final Program program;
    final int metrics;
    private final int[] when;
    private final int[] clear;
    private final int[] weight;
    private final int[][] rulesOfMetric;
    private final int[] timedRules;
    private final int[] allRules;
    private final int[][] codeOfMetric;
    private final int[] allCode;
    private final boolean[] windowed;
    private final ValueType[] valueTypes;
    private final double[] @Nullable [] breakpoints;
    private int[] limits = {};
    private @Nullable Duration limitsFor;

    CompiledType(SubserviceType definition, int index, TextCodes texts) {
        this.definition = definition;
        this.index = index;
        this.metrics = definition.metrics().size();
        List<SymptomRule> rules = definition.rules();
        ProgramBuilder builder = new ProgramBuilder(
                definition.metrics().stream().map(MetricDefinition::name).toList(), texts);
        when = rules.stream().mapToInt(rule -> builder.add(rule.when())).toArray();
        weight = rules.stream().mapToInt(rule -> builder.add(rule.weight())).toArray();
        clear = rules.stream()
                .mapToInt(rule -> rule.clear() == null ? -1 : builder.add(rule.clear()))
                .toArray();
        program = builder.build();
        rulesOfMetric = new int[metrics][];
        codeOfMetric = new int[metrics][];
        for (int m = 0; m < metrics; m++) {
            rulesOfMetric[m] = rulesOf(program.resultsOfMetric(m));
            codeOfMetric[m] = program.codeFor(resultsOf(rulesOfMetric[m]));
        }
        timedRules = rulesOf(program.timedResults());
        allRules = IntStream.range(0, rules.size()).toArray();
        allCode = program.codeFor(resultsOf(allRules));
        windowed = new boolean[metrics];
        program.windows().forEach(call -> windowed[call.metric()] = true);
        valueTypes = definition.metrics().stream().map(MetricDefinition::type).toArray(ValueType[]::new);
        breakpoints = IntStream.range(0, metrics).mapToObj(program::breakpoints).toArray(double[][]::new);
    }

    MetricDefinition metric(int m) {
        return definition.metrics().get(m);
    }

    ValueType valueType(int m) {
        return valueTypes[m];
    }

    SymptomRule rule(int r) {
        return definition.rules().get(r);
    }

    int[] allRules() {
        return allRules;
    }

    int[] rulesOfMetric(int m) {
        return rulesOfMetric[m];
    }

    int[] timedRules() {
        return timedRules;
    }

    /** Whether a number may go from one value to another without any rule saying anything else than before. */
    boolean isIndifferent(int m, double from, double to) {
        double[] passed = breakpoints[m];
        if (passed == null) {
            return from == to && !windowed[m];
        }
        for (double at : passed) {
            if (from < at != to < at || from > at != to > at) {
                return false;
            }
        }
        return true;
    }

    boolean isWindowed(int m) {
        return windowed[m];
    }

    /** Empty pasts for the metrics that the rules look back at; null for the others. */
    @Nullable
    Samples[] newPasts() {
        @Nullable Samples[] pasts = new Samples[metrics];
        for (int m = 0; m < metrics; m++) {
            pasts[m] = windowed[m] ? new Samples(metric(m).counterBits(), longestSpan(m)) : null;
        }
        return pasts;
    }

    private Duration longestSpan(int m) {
        return program.windows().stream()
                .filter(call -> call.metric() == m)
                .map(WindowCall::span)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** NaN where the rule cannot tell, else 1 or 0. */
    double condition(int rule, double[] registers) {
        return program.result(when[rule], registers);
    }

    /** Whether a symptom whose condition is false may end. */
    boolean isCleared(int rule, double[] registers) {
        return clear[rule] < 0 || program.result(clear[rule], registers) == 1;
    }

    /** The weight in 0..100; a weight that cannot be told is that of a symptom that takes everything. */
    int weight(int rule, double[] registers) {
        double w = program.result(weight[rule], registers);
        return Double.isNaN(w) ? EngineSymptom.WEIGHT : (int) Math.clamp(Math.rint(w), 0, 100);
    }

    /** The age in tenths of a second at which each metric is stale; never for what is known until it is known to be otherwise. */
    int[] limitsInTenths(Duration devicePeriod) {
        if (!devicePeriod.equals(limitsFor)) {
            limits = definition.metrics().stream()
                    .mapToInt(metric -> limitInTenths(metric, devicePeriod))
                    .toArray();
            limitsFor = devicePeriod;
        }
        return limits;
    }

    private static int limitInTenths(MetricDefinition metric, Duration devicePeriod) {
        return metric.source() instanceof MetricSource.Session || metric.source() instanceof MetricSource.ClockSkew
                ? Integer.MAX_VALUE
                : (int) Math.min(
                        Integer.MAX_VALUE - 1, metric.limit(devicePeriod).toMillis() / 100);
    }

    /** The instructions that the rules which a metric touches need, their weights and clear conditions included. */
    int[] codeOfMetric(int m) {
        return codeOfMetric[m];
    }

    int[] allCode() {
        return allCode;
    }

    private int[] resultsOf(int[] rules) {
        return IntStream.of(rules)
                .flatMap(r ->
                        clear[r] < 0 ? IntStream.of(when[r], weight[r]) : IntStream.of(when[r], weight[r], clear[r]))
                .toArray();
    }

    private int[] rulesOf(int[] results) {
        BitSet wanted = new BitSet();
        for (int result : results) {
            wanted.set(result);
        }
        return IntStream.range(0, when.length)
                .filter(r -> wanted.get(when[r]) || wanted.get(weight[r]) || clear[r] >= 0 && wanted.get(clear[r]))
                .toArray();
    }
}
