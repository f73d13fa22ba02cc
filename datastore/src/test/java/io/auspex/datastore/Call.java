package io.auspex.datastore;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One operation on datastores of one leaf, by one session. */
record Call(Kind kind, int session, int value) {
    enum Kind {
        GET,
        GET_CANDIDATE,
        EDIT,
        EDIT_CANDIDATE,
        COMMIT,
        DISCARD,
        LOCK,
        LOCK_CANDIDATE,
        RELEASE
    }

    /**
     * What took place: a call with its outcome.
     *
     * @param begun before the call, on a clock that counts all beginnings and ends
     * @param ended after the call
     */
    record Event(Call call, String outcome, long begun, long ended) {}

    /** What an outcome would be one after the other, and the state after it. */
    record Step(String outcome, State state) {}

    /**
     * Datastores that do one thing after the other: the specification.
     *
     * @param running the value of the leaf, null for none
     * @param base the candidate's when it was first edited; counts while it is changed
     */
    record State(
            @Nullable Integer running,
            boolean changed,
            @Nullable Integer base,
            @Nullable Integer candidate,
            int lock,
            int candidateLock) {
        static final State NEW = new State(null, false, null, null, 0, 0);

        private State running(@Nullable Integer value) {
            return new State(value, changed, base, candidate, lock, candidateLock);
        }

        private State unchanged() {
            return new State(running, false, null, null, lock, candidateLock);
        }

        private State edited(int value) {
            var from = changed ? candidate : running;
            return Objects.equals(from, value)
                    ? this
                    : new State(running, true, changed ? base : from, value, lock, candidateLock);
        }

        private State locks(int one, int other) {
            return new State(running, changed, base, candidate, one, other);
        }
    }

    Step after(State s) {
        var isRunningTaken = s.lock() != 0 && s.lock() != session;
        var isCandidateTaken = s.candidateLock() != 0 && s.candidateLock() != session;
        return switch (kind) {
            case GET -> new Step(String.valueOf(s.running()), s);
            case GET_CANDIDATE -> new Step(String.valueOf(s.changed() ? s.candidate() : s.running()), s);
            case EDIT -> isRunningTaken ? new Step("in-use", s) : new Step("done", s.running(value));
            case EDIT_CANDIDATE -> isCandidateTaken ? new Step("in-use", s) : new Step("done", s.edited(value));
            case COMMIT -> {
                if (isCandidateTaken || isRunningTaken) {
                    yield new Step("in-use", s);
                }
                var changes = s.changed() && !Objects.equals(s.base(), s.candidate());
                yield new Step("done", (changes ? s.running(s.candidate()) : s).unchanged());
            }
            case DISCARD -> isCandidateTaken ? new Step("in-use", s) : new Step("done", s.unchanged());
            case LOCK ->
                s.lock() != 0 ? new Step("lock-denied", s) : new Step("done", s.locks(session, s.candidateLock()));
            case LOCK_CANDIDATE ->
                s.candidateLock() != 0 || s.changed()
                        ? new Step("lock-denied", s)
                        : new Step("done", s.locks(s.lock(), session));
            case RELEASE ->
                new Step(
                        "done",
                        s.locks(
                                s.lock() == session ? 0 : s.lock(),
                                s.candidateLock() == session ? 0 : s.candidateLock()));
        };
    }

    /**
     * True when events have an order in which each has the outcome of the specification, and none comes before one that had
     * ended when it began (Herlihy and Wing). Every order is tried, so there must be few events.
     */
    static boolean isLinearizable(List<Event> events) {
        return search(events, 0, State.NEW);
    }

    private static boolean search(List<Event> events, int taken, State state) {
        if (Integer.bitCount(taken) == events.size()) {
            return true;
        }
        var firstEnd = Long.MAX_VALUE;
        for (var i = 0; i < events.size(); i++) {
            firstEnd = (taken & 1 << i) == 0 ? Math.min(firstEnd, events.get(i).ended()) : firstEnd;
        }
        for (var i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if ((taken & 1 << i) != 0 || event.begun() > firstEnd) {
                continue;
            }
            var step = event.call().after(state);
            if (step.outcome().equals(event.outcome()) && search(events, taken | 1 << i, step.state())) {
                return true;
            }
        }
        return false;
    }
}
