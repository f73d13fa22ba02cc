package io.auspex.assuranceengine;

import java.util.function.IntConsumer;

/** Goes through all subservices once in a span of time, a few with each batch, so that no batch waits for all of them. */
final class Rounds {
    private final int span;
    private int lastVisit;
    private int next = -1;

    /** @param span of a round, in tenths of a second */
    Rounds(int span) {
        this.span = span;
    }

    /** Tenths of a second since the last visit. */
    int passed(int tenths) {
        return tenths - lastVisit;
    }

    /** Passes on the indexes below {@code capacity} that are due by now. */
    void visit(int tenths, int capacity, IntConsumer action) {
        long before = (long) capacity * lastVisit / span;
        long due = Math.min(capacity, (long) capacity * tenths / span - before);
        lastVisit = tenths;
        for (; due > 0; due--) {
            next = next + 1 < capacity ? next + 1 : 0;
            action.accept(next);
        }
    }
}
