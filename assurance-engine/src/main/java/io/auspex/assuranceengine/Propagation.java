package io.auspex.assuranceengine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Carries changes of health from subservices to those that they impact, lower ranks first, so that each is computed once. */
final class Propagation {
    private final EngineState state;
    private final OwnHealth ownHealth;
    private final List<IntList> byRank = new ArrayList<>();
    private final BitSet queued = new BitSet();
    private int lowest = Integer.MAX_VALUE;

    Propagation(EngineState state, OwnHealth ownHealth) {
        this.state = state;
        this.ownHealth = ownHealth;
    }

    void enqueue(int node) {
        if (queued.get(node)) {
            return;
        }
        queued.set(node);
        int rank = state.nodes.rank(node);
        while (byRank.size() <= rank) {
            byRank.add(new IntList());
        }
        byRank.get(rank).add(node);
        lowest = Math.min(lowest, rank);
    }

    /** Computes all that is queued, and what depends on it. */
    void run() {
        for (int rank = lowest; rank < byRank.size(); rank++) {
            IntList nodes = byRank.get(rank);
            for (int i = 0; i < nodes.size(); i++) {
                queued.clear(nodes.get(i));
                settle(nodes.get(i));
            }
            nodes.clear();
        }
        lowest = Integer.MAX_VALUE;
    }

    private void settle(int node) {
        States states = state.states;
        boolean flagged = state.nodes.isFlagged(node);
        byte health = flagged ? 0 : state.nodes.own(node);
        boolean inhibited = flagged;
        for (int dependency : state.nodes.dependencies(node)) {
            health = HealthCode.worse(health, states.health(dependency));
            inhibited |= states.flags(dependency) != 0;
        }
        Combination combination = state.nodes.combination(node);
        if (combination != null) {
            health = HealthCode.worse(health, combination.health(states));
            inhibited |= combination.isInhibited(states);
        }
        if (combination != null || state.nodes.hasSymptoms(node)) {
            ownHealth.setLostRedundancy(node, combination == null ? null : combination.lost(states));
        }
        int flags = (inhibited ? StateChunk.INHIBITED : 0) | (flagged ? StateChunk.FLAGGED : 0);
        if (health != states.health(node) || flags != states.flags(node)) {
            state.changes.touch(node);
            states.setHealth(node, health);
            states.setFlags(node, flags);
            enqueueDependents(node);
        }
    }

    void enqueueDependents(int node) {
        IntList dependents = state.nodes.dependents(node);
        for (int i = 0; dependents != null && i < dependents.size(); i++) {
            enqueue(dependents.get(i));
        }
    }
}
