package io.auspex.expressions;

import java.time.Duration;

/** A function on a metric's past that a program needs: the metric by its number, the span zero where the function takes none. */
public record WindowCall(WindowFunction function, int metric, Duration span) {}
