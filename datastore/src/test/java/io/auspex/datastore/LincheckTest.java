package io.auspex.datastore;

import static io.auspex.datastore.TestModel.MODEL;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.datastore.Call.Kind;
import io.auspex.datastore.Call.State;
import io.auspex.datastore.faults.CrashingFiles;
import io.auspex.datastore.faults.Workload;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lock, edit, commit, discard and get by Lincheck, on real threads: scenarios that it makes, each run many times, whatever came
 * out compared with all that could come out one after the other. It instruments every class, for minutes: only each night.
 */
@EnabledIfSystemProperty(named = "lincheck.scenarios", matches = "\\d+", disabledReason = "runs with -Pnightly")
class LincheckTest {
    private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 0);

    /** What sessions, one of each thread, do with one leaf. */
    public abstract static class Sessions {
        abstract String make(Call call);

        private String make(Kind kind, int thread, int value) {
            return make(new Call(kind, thread + 1, value));
        }

        @Operation
        public String get(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.GET, thread, 0);
        }

        @Operation
        public String getCandidate(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.GET_CANDIDATE, thread, 0);
        }

        @Operation
        public String edit(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "100:102") int value) {
            return make(Kind.EDIT, thread, value);
        }

        @Operation
        public String editCandidate(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "100:102") int value) {
            return make(Kind.EDIT_CANDIDATE, thread, value);
        }

        @Operation
        public String commit(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.COMMIT, thread, 0);
        }

        @Operation
        public String discard(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.DISCARD, thread, 0);
        }

        @Operation
        public String lock(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.LOCK, thread, 0);
        }

        @Operation
        public String lockCandidate(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.LOCK_CANDIDATE, thread, 0);
        }

        @Operation
        public String release(@Param(gen = ThreadIdGen.class) int thread) {
            return make(Kind.RELEASE, thread, 0);
        }
    }

    /** The datastores, in memory. */
    public static class Real extends Sessions {
        private final Datastores datastores;
        private final LinearizabilityTest.Lock lock;

        public Real() {
            this(DatastoreConfig.inMemory(), LinearizabilityTest.RIGHT);
        }

        Real(DatastoreConfig config, LinearizabilityTest.Lock lock) {
            this.lock = lock;
            datastores = Datastores.open(MODEL, config);
            datastores.listen(new LinearizabilityTest.Delay(7));
        }

        @Override
        String make(Call call) {
            return LinearizabilityTest.make(datastores, lock, call);
        }

        /** Called when all is over. */
        @Validate
        public void close() {
            datastores.close();
        }
    }

    /** With a journal, on a disk in memory. */
    public static class Saved extends Real {
        public Saved() {
            this(LinearizabilityTest.RIGHT);
        }

        Saved(LinearizabilityTest.Lock lock) {
            super(DatastoreConfig.in(Workload.FOLDER).with(CrashingFiles.reliable()), lock);
        }
    }

    /** Whose lock is taken while another session commits, which is wrong. */
    public static final class LockedBesideCommits extends Saved {
        public LockedBesideCommits() {
            super(LinearizabilityTest.BESIDE_COMMITS);
        }
    }

    /** The specification: one after the other. */
    public static final class Specified extends Sessions {
        private State state = State.NEW;

        @Override
        String make(Call call) {
            var step = call.after(state);
            state = step.state();
            return step.outcome();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Specified specified && state.equals(specified.state);
        }

        @Override
        public int hashCode() {
            return state.hashCode();
        }
    }

    private static StressOptions scenarios(int count) {
        return new StressOptions()
                .iterations(count)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Specified.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {Real.class, Saved.class})
    void operationsAtTheSameTimeAreAsOneAfterTheOther(Class<?> sessions) {
        scenarios(SCENARIOS).check(sessions);
    }

    @Test
    void aLockThatIsTakenWhileAnotherCommitsIsFoundOut() {
        assertThatThrownBy(() -> scenarios(1_000).check(LockedBesideCommits.class))
                .hasMessageContaining("Invalid execution results");
    }
}
