package io.auspex.devicesimulator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays a script: hands out the faults whose time has come, each once, in order. */
final class ScriptRunner {
    private final Script script;
    private Instant begin;
    private int next;

    ScriptRunner(Script script, Instant start) {
        this.script = script;
        this.begin = start;
    }

    /** Hands out all that is due at a time, which is never before that of the last call. */
    void runDue(Instant now, Consumer<Fault> faults) {
        for (var due = due(); due != null && !due.isAfter(now); due = due()) {
            var fault = script.steps().get(next).fault();
            next++;
            faults.accept(fault);
        }
    }

    private @Nullable Instant due() {
        if (next == script.steps().size()) {
            Duration period = script.period();
            if (period == null || script.steps().isEmpty()) {
                return null;
            }
            begin = begin.plus(period);
            next = 0;
        }
        return begin.plus(script.steps().get(next).offset());
    }
}
