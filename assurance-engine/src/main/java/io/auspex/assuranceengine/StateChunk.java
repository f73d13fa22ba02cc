package io.auspex.assuranceengine;

import java.util.Arrays;

/** The published state of 64 subservices that lie side by side. */
final class StateChunk {
    static final int SHIFT = 6;
    static final int SIZE = 1 << SHIFT;
    static final int MASK = SIZE - 1;

    /** Score and own symptoms are inhibited: this subservice or one that impacts it is under maintenance. */
    static final int INHIBITED = 1;
    /** This subservice itself is under maintenance. */
    static final int FLAGGED = 2;

    final byte[] health;
    final byte[] flags;
    final OwnSymptoms[] symptoms;
    final long[] historyStart;

    StateChunk() {
        this.health = new byte[SIZE];
        this.flags = new byte[SIZE];
        this.symptoms = new OwnSymptoms[SIZE];
        this.historyStart = new long[SIZE];
        Arrays.fill(health, HealthCode.NOT_YET_COMPUTED);
        Arrays.fill(symptoms, OwnSymptoms.NONE);
    }

    StateChunk(StateChunk from) {
        this.health = from.health.clone();
        this.flags = from.flags.clone();
        this.symptoms = from.symptoms.clone();
        this.historyStart = from.historyStart.clone();
    }
}
