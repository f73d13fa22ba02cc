package io.auspex.expressions;

/** Answers a program's window calls. */
@FunctionalInterface
public interface WindowValues {

    /** The value of the window call of this number, NaN where it has none. */
    double window(int call);
}
