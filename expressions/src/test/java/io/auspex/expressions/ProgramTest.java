package io.auspex.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final List<String> METRICS = List.copyOf(Fixture.METRICS.keySet());

    @Test
    void equalPartsOfSeveralExpressionsAreComputedOnce() {
        // Given
        ProgramBuilder apart = new ProgramBuilder(METRICS, String::hashCode);
        apart.add(Fixture.check("in-errors / in-pkts > 0.01", ValueType.BOOL));
        int alone = apart.build().registers();
        ProgramBuilder together = new ProgramBuilder(METRICS, String::hashCode);
        together.add(Fixture.check("in-errors / in-pkts > 0.01", ValueType.BOOL));

        // When
        together.add(Fixture.check("!(in-errors  /  in-pkts > 0.01)", ValueType.BOOL));

        // Then
        assertThat(together.build().registers()).isEqualTo(alone + 1);
    }

    @Test
    void aMetricReEvaluatesOnlyWhatReadsIt() {
        // Given
        ProgramBuilder builder = new ProgramBuilder(METRICS, String::hashCode);
        builder.add(Fixture.check("in-errors > 1", ValueType.BOOL));
        builder.add(Fixture.check("enabled", ValueType.BOOL));
        Program program = builder.build();
        double[] registers = new double[program.registers()];
        double[] values = {0, 0, 5, 0, 1};
        program.run(program.codeFor(0, 1), Fixture.input(values, call -> Double.NaN), registers);

        // When
        values[2] = 0;
        values[4] = 0;
        program.run(program.codeFor(program.resultsOfMetric(2)), Fixture.input(values, call -> Double.NaN), registers);

        // Then
        assertThat(program.resultsOfMetric(2)).containsExactly(0);
        assertThat(program.result(0, registers)).isZero();
        assertThat(program.result(1, registers)).isEqualTo(1);
    }

    @Test
    void aProgramAsksForItsWindows() {
        // Given
        ProgramBuilder builder = new ProgramBuilder(METRICS, String::hashCode);
        builder.add(Fixture.check("rate(in-errors, \"5m\") > 1 || rate(in-errors, \"300s\") < 0.5", ValueType.BOOL));
        builder.add(Fixture.check("age(oper-status) > 5", ValueType.BOOL));
        Program program = builder.build();
        double[] registers = new double[program.registers()];

        // When
        program.run(
                program.codeFor(0, 1), Fixture.input(new double[METRICS.size()], call -> call == 0 ? 3 : 6), registers);

        // Then
        assertThat(program.windows())
                .containsExactly(
                        new WindowCall(WindowFunction.RATE, 2, Duration.ofMinutes(5)),
                        new WindowCall(WindowFunction.AGE, 0, Duration.ZERO));
        assertThat(program.timedResults()).containsExactly(1);
        assertThat(program.result(0, registers)).isEqualTo(1);
        assertThat(program.result(1, registers)).isEqualTo(1);
    }

    private static double @Nullable [] breakpoints(String... sources) {
        ProgramBuilder builder = new ProgramBuilder(METRICS, String::hashCode);
        for (String source : sources) {
            builder.add(Fixture.check(source, ValueType.BOOL));
        }
        return builder.build().breakpoints(METRICS.indexOf("in-errors"));
    }

    @Test
    void aMetricThatIsOnlyComparedWithConstantsHasBreakpoints() {
        assertThat(breakpoints("in-errors > 10", "enabled && 5 >= in-errors", "in-errors in [7, 10]"))
                .containsExactly(5, 7, 10);
        assertThat(breakpoints("present(in-errors)")).isEmpty();
        assertThat(breakpoints("enabled")).isEmpty();
    }

    @Test
    void aMetricThatIsUsedOtherwiseHasNoBreakpoints() {
        assertThat(breakpoints("in-errors > 10", "in-errors > in-pkts")).isNull();
        assertThat(breakpoints("in-errors / in-pkts > 0.1")).isNull();
        assertThat(breakpoints("in-errors > 10", "rate(in-errors, '60s') > 1")).isNull();
        assertThat(breakpoints("in-errors == in-errors")).isNull();
    }
}
