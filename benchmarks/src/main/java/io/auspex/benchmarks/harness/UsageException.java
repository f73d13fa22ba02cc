package io.auspex.benchmarks.harness;

/** A benchmark was asked for what it cannot do; the message says what it can. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
