package io.auspex.benchmarks.harness;

/**
 * A size that a user may set for one run.
 *
 * @param standard its value when it is not set
 */
public record Setting(String key, long standard, String meaning) {}
