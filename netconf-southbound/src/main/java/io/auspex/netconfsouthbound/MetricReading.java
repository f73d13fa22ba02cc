package io.auspex.netconfsouthbound;

/** What one collection found at one path: unknown is neither healthy nor broken, so a missing value is a value. */
public sealed interface MetricReading {
    /**
     * The leaf's value as the device's XML has it, without surrounding white space.
     *
     * @param text an identity or instance-identifier keeps the device's own prefixes
     */
    record Value(String text) implements MetricReading {}

    /** The device answered and the leaf was not there. */
    record Missing(String why) implements MetricReading {}

    /** The device refused to answer for this path, such as for a model that it lacks. */
    record Refused(String why) implements MetricReading {}

    /** There was no usable answer: the rpc got none in time, or the session broke meanwhile. */
    record Failed(String why) implements MetricReading {}
}
