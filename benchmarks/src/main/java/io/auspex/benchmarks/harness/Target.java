package io.auspex.benchmarks.harness;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a figure has to reach. */
public sealed interface Target {
    /** Nothing; the figure is told for its own sake. */
    record None() implements Target {}

    record AtLeast(double value) implements Target {}

    record AtMost(double value) implements Target {}

    /**
     * A part of the peer or limit that was measured in the same run.
     *
     * @param share 0.5 for half of it
     */
    record ShareOfPeer(double share) implements Target {}

    /** No more than so many times the peer of the same run. */
    record TimesPeer(double times) implements Target {}

    static Target none() {
        return new None();
    }

    static Target atLeast(double value) {
        return new AtLeast(value);
    }

    static Target atMost(double value) {
        return new AtMost(value);
    }

    static Target shareOfPeer(double share) {
        return new ShareOfPeer(share);
    }

    static Target timesPeer(double times) {
        return new TimesPeer(times);
    }

    /** {@code meets}, {@code short}, or a dash when there is nothing to reach. */
    default String verdict(double value, @Nullable Peer peer) {
        return switch (this) {
            case None() -> "-";
            case AtLeast(var least) -> verdict(value >= least);
            case AtMost(var most) -> verdict(value <= most);
            case ShareOfPeer(var share) -> verdict(peer != null && value >= share * peer.value());
            case TimesPeer(var times) -> verdict(peer != null && value <= times * peer.value());
        };
    }

    private static String verdict(boolean met) {
        return met ? "meets" : "short";
    }

    /** The target in words. */
    default String text() {
        return switch (this) {
            case None() -> "-";
            case AtLeast(var least) -> ">= " + Figure.number(least);
            case AtMost(var most) -> "<= " + Figure.number(most);
            case ShareOfPeer(var share) -> String.format(Locale.ROOT, ">= %.0f %% of peer", share * 100);
            case TimesPeer(var times) -> "<= " + Figure.number(times) + " x peer";
        };
    }
}
