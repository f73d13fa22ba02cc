package io.auspex.expressions;

/** What a {@link Program} reads while it runs: the metrics of one subservice and their past, NaN where there is no value. */
public interface ProgramInput {

    /** The newest value of the metric of this number. */
    double metric(int number);

    /** The value of the window call of this number. */
    double window(int call);
}
