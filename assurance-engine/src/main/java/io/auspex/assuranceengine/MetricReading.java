package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.expressions.Value;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a subservice as the engine has it now.
 *
 * @param age since the value came in; null where none ever did
 * @param stale whether the value is too old to tell
 * @param implementation where the device keeps it; null where that is not known or not a device's
 */
public record MetricReading(
        MetricDefinition definition,
        Value value,
        @Nullable Duration age,
        boolean stale,
        @Nullable MetricImplementation implementation) {}
