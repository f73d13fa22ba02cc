package io.auspex.netconfsouthbound;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is collected from one device, and how often. */
public record CollectionPlan(Set<MetricPath> paths, Duration period) {
    public static final CollectionPlan NOTHING = new CollectionPlan(Set.of(), Duration.ofSeconds(10));

    public CollectionPlan {
        paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("collection period " + period + " is not above zero");
        }
    }
}
