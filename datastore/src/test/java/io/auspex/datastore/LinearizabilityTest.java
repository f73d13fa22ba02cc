package io.auspex.datastore;

import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static io.auspex.datastore.TestModel.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.datastore.Call.Event;
import io.auspex.datastore.Call.Kind;
import io.auspex.datastore.faults.CrashingFiles;
import io.auspex.datastore.faults.Workload;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever sessions do with the datastores at the same time, it is as if they did it one after the other: small histories of
 * real threads, for each of which an order is searched; {@link LincheckTest} does the same at length, each night.
 * {@code -Dhistories=100000} looks at more of them.
 */
class LinearizabilityTest {
    private static final int HISTORIES = Integer.getInteger("histories", 400);
    private static final int THREADS = 3;
    private static final int CALLS = 3;
    private static final DataPath MTU = path("/top/mtu");

    /** Locks running otherwise than it should be done. */
    interface Lock {
        void lock(Datastores datastores, int session) throws YangException;
    }

    static final Lock RIGHT = (datastores, session) -> datastores.lock(DatastoreName.RUNNING, session);
    static final Lock BESIDE_COMMITS =
            (datastores, session) -> datastores.locks().lock(DatastoreName.RUNNING, session);

    private final AtomicLong time = new AtomicLong();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void operationsAtTheSameTimeAreAsOneAfterTheOther(boolean saved) throws Exception {
        var random = new Random(7);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var i = 0; i < HISTORIES; i++) {
                var history = history(threads, random, saved, RIGHT, Kind.values());
                assertThat(Call.isLinearizable(history)).as(history.toString()).isTrue();
            }
        }
    }

    @Test
    void aLockThatIsTakenWhileAnotherCommitsIsFoundOut() throws Exception {
        var random = new Random(7);
        var kinds = new Kind[] {Kind.GET, Kind.EDIT, Kind.LOCK};
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var i = 0; i < 20_000; i++) {
                if (!Call.isLinearizable(history(threads, random, true, BESIDE_COMMITS, kinds))) {
                    return;
                }
            }
        }
        throw new AssertionError("no history shows the fault");
    }

    @Test
    void aHistoryThatHasNoOrderIsToldFromOneThatHas() {
        var edit = new Event(new Call(Kind.EDIT, 1, 5), "done", 1, 4);
        var early = new Event(new Call(Kind.GET, 2, 0), "5", 2, 3);
        assertThat(Call.isLinearizable(List.of(edit, early))).isTrue();
        var late = new Event(new Call(Kind.GET, 2, 0), "null", 5, 6);
        assertThat(Call.isLinearizable(List.of(edit, late))).isFalse();
        assertThat(Call.isLinearizable(List.of(edit, early, new Event(new Call(Kind.GET, 3, 0), "null", 5, 6))))
                .isFalse();
    }

    private List<Event> history(ExecutorService threads, Random random, boolean saved, Lock lock, Kind[] kinds)
            throws Exception {
        var config =
                saved ? DatastoreConfig.in(Workload.FOLDER).with(CrashingFiles.reliable()) : DatastoreConfig.inMemory();
        try (var datastores = Datastores.open(MODEL, config)) {
            datastores.listen(new Delay(random.nextLong()));
            var start = new CyclicBarrier(THREADS);
            var plans = new ArrayList<Callable<List<Event>>>();
            for (var session = 1; session <= THREADS; session++) {
                var calls = new ArrayList<Call>();
                for (var i = 0; i < CALLS; i++) {
                    calls.add(new Call(kinds[random.nextInt(kinds.length)], session, 100 + random.nextInt(3)));
                }
                plans.add(() -> {
                    start.await();
                    var events = new ArrayList<Event>();
                    for (var call : calls) {
                        var begun = time.incrementAndGet();
                        var outcome = make(datastores, lock, call);
                        events.add(new Event(call, outcome, begun, time.incrementAndGet()));
                    }
                    return events;
                });
            }
            var history = new ArrayList<Event>();
            for (var events : threads.invokeAll(plans)) {
                history.addAll(events.get());
            }
            return history;
        }
    }

    static String make(Datastores datastores, Lock lock, Call call) {
        var session = call.session();
        var edits = List.of(edit(MERGE, "/top/mtu", String.valueOf(call.value())));
        var candidate = datastores.candidate();
        try {
            switch (call.kind()) {
                case GET -> {
                    return mtu(datastores.running());
                }
                case GET_CANDIDATE -> {
                    return mtu(candidate.root());
                }
                case EDIT -> datastores.commit(new Transaction(edits, Precondition.NONE, session));
                case EDIT_CANDIDATE -> candidate.edit(edits, session);
                case COMMIT -> candidate.commit(session);
                case DISCARD -> candidate.discard(session);
                case LOCK -> lock.lock(datastores, session);
                case LOCK_CANDIDATE -> datastores.lock(DatastoreName.CANDIDATE, session);
                case RELEASE -> datastores.locks().release(session);
            }
            return "done";
        } catch (YangException e) {
            return e.first().tag().toString();
        }
    }

    private static String mtu(InnerNode root) {
        return Trees.find(root, MTU)
                .map(n -> String.valueOf(((LeafNode) n).value()))
                .orElse("null");
    }

    /** Makes a commit take a while at the point where others can come between. */
    record Delay(Random random) implements CommitListener {
        Delay(long seed) {
            this(new Random(seed));
        }

        @Override
        public void validate(ChangeSet changes) {
            LockSupport.parkNanos(random.nextInt(200_000));
        }

        @Override
        public void committed(ChangeSet changes) {}
    }
}
