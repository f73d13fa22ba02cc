package io.auspex.devicesimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.devicesimulator.Script.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRunnerTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final Fault DOWN = new Fault.InterfaceDown("a");
    private static final Fault UP = new Fault.InterfaceUp("a");
    private static final List<Step> STEPS =
            List.of(new Step(Duration.ofSeconds(2), UP), new Step(Duration.ofSeconds(1), DOWN));

    private final List<Fault> happened = new ArrayList<>();

    private void at(ScriptRunner runner, int seconds) {
        runner.runDue(START.plusSeconds(seconds), happened::add);
    }

    @Test
    void eachStepHappensOnceInTheOrderOfTime() {
        var runner = new ScriptRunner(new Script(STEPS, null), START);
        at(runner, 0);
        assertThat(happened).isEmpty();
        at(runner, 1);
        assertThat(happened).containsExactly(DOWN);
        at(runner, 1);
        at(runner, 100);
        assertThat(happened).containsExactly(DOWN, UP);
    }

    @Test
    void aPeriodBeginsAnewWithoutDrift() {
        var runner = new ScriptRunner(new Script(STEPS, Duration.ofSeconds(10)), START);
        at(runner, 12);
        assertThat(happened).containsExactly(DOWN, UP, DOWN, UP);
        at(runner, 20);
        assertThat(happened).hasSize(4);
        at(runner, 21);
        assertThat(happened).hasSize(5);
    }

    @Test
    void anEmptyScriptDoesNothing() {
        at(new ScriptRunner(new Script(List.of(), Duration.ofSeconds(1)), START), 100);
        at(new ScriptRunner(Script.EMPTY, START), 100);
        assertThat(happened).isEmpty();
    }

    @Test
    void aPeriodHoldsAllItsSteps() {
        assertThatThrownBy(() -> new Script(STEPS, Duration.ofSeconds(2)))
                .hasMessage("a step after PT2S is not within the period of PT2S");
        assertThatThrownBy(() -> new Script(STEPS, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
