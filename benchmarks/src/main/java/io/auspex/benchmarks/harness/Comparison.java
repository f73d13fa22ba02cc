package io.auspex.benchmarks.harness;

import java.util.ArrayList;

/**
 * A subject and its peer, measured in turns so that both meet the same load of the machine; the medians of the rounds.
 */
public record Comparison(Measurement subject, Measurement peer) {
    /** Measures once. */
    @FunctionalInterface
    public interface Round {
        Measurement measure() throws Exception;
    }

    public static Comparison interleaved(int rounds, Round subject, Round peer) throws Exception {
        var subjects = new ArrayList<Measurement>();
        var peers = new ArrayList<Measurement>();
        for (var i = 0; i < rounds; i++) {
            peers.add(peer.measure());
            subjects.add(subject.measure());
        }
        return new Comparison(Measurement.median(subjects), Measurement.median(peers));
    }

    /** The subject's operations per second beside those of the peer. */
    public Figure figure(String name, String unit, Target target, String peerName) {
        return Figure.rate(name, subject, unit, target).with(new Peer(peerName, peer.perSecond()));
    }
}
