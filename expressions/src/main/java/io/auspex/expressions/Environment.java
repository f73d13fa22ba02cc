package io.auspex.expressions;

import java.time.Duration;

/** What an expression is evaluated against: the newest values of the metrics, and their past. */
public interface Environment {

    /** The newest value of the metric. */
    Value metric(String name);

    /** A function of the metric's past over the span, which is zero where the function takes none. */
    Value window(WindowFunction function, String metric, Duration span);
}
