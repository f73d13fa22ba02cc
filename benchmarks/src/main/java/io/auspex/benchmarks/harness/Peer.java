package io.auspex.benchmarks.harness;

/** What was measured beside a figure in the same run: another implementation, or the limit of the machine; in the figure's unit. */
public record Peer(String name, double value) {}
