package io.auspex.anomalydetection;

/** Takes the notifications: one when a relevant state begins, one, with the same id, when it ends. */
@FunctionalInterface
public interface RelevantStateSink {
    void raised(RelevantState state);
}
