package io.auspex.access;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets few password hashes be computed at a time, and few wait for their turn, so that guessing cannot take the CPU. */
final class PasswordGate {
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int queue;
    private final Duration patience;

    /**
     * A gate.
     *
     * @param atOnce how many pass at a time
     * @param queue how many more may wait
     * @param patience how long one waits at most
     */
    PasswordGate(int atOnce, int queue, Duration patience) {
        turns = new Semaphore(atOnce, true);
        this.queue = queue;
        this.patience = patience;
    }

    /** Does the work when it is its turn; empty when too many wait, or its turn did not come in time. */
    <T> Optional<T> pass(Supplier<T> work) {
        if (!turns.tryAcquire() && !waitForTurn()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            turns.release();
        }
    }

    private boolean waitForTurn() {
        if (waiting.incrementAndGet() > queue) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many wait now. */
    int waiting() {
        return waiting.get();
    }
}
