package io.auspex.assuranceengine.collection;

import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricPath;
import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import java.time.Duration;

/** One leaf of a device to be collected, for every metric that it feeds. */
public final class CollectionItem {
    private final MetricImplementation implementation;
    private final MetricPath path;
    private final ValueType type;
    private final Duration period;
    private final long[] handles;

    public CollectionItem(
            MetricImplementation implementation, MetricPath path, ValueType type, Duration period, long... handles) {
        this.implementation = implementation;
        this.path = path;
        this.type = type;
        this.period = period;
        this.handles = handles.clone();
    }

    /** Module, revision, namespaces and value mapping. */
    public MetricImplementation implementation() {
        return implementation;
    }

    /** The leaf. */
    public MetricPath path() {
        return path;
    }

    public ValueType type() {
        return type;
    }

    public Duration period() {
        return period;
    }

    /** The leaf's text as a value, absent where it cannot be read. */
    public Value read(String text) {
        return implementation.read(text, type);
    }

    int handles() {
        return handles.length;
    }

    long handle(int i) {
        return handles[i];
    }

    @Override
    public String toString() {
        return path + " (" + implementation.name() + ")";
    }
}
