package io.auspex.assuranceengine.catalogue;

import io.auspex.expressions.ValueType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind of subservice: parameters, metrics, and how they become health (RFC 9417 §3.3).
 *
 * @param identity the module-qualified identity
 * @param parameters names of the parameters that identify the assured object
 * @param deviceParameter the parameter that names the device; null where the type is not tied to one
 * @param label for people; {@code {name}} stands for a parameter, {@code {id}} for the subservice's identifier
 */
public record SubserviceType(
        String identity,
        List<String> parameters,
        @Nullable String deviceParameter,
        String label,
        List<MetricDefinition> metrics,
        List<SymptomRule> rules) {
    /** Most metrics that a type may have. */
    public static final int MOST_METRICS = 32;

    public SubserviceType {
        parameters = List.copyOf(parameters);
        metrics = List.copyOf(metrics);
        rules = List.copyOf(rules);
        if (metrics.size() > MOST_METRICS) {
            throw new IllegalArgumentException(
                    identity + ": expected at most " + MOST_METRICS + " metrics, got " + metrics.size());
        }
        if (deviceParameter != null && !parameters.contains(deviceParameter)) {
            throw new IllegalArgumentException(identity + ": the device parameter '" + deviceParameter
                    + "' is not one of its parameters " + parameters);
        }
        Set<String> seen = new HashSet<>();
        for (MetricDefinition metric : metrics) {
            if (!seen.add(metric.name())) {
                throw new IllegalArgumentException(identity + ": two metrics are named '" + metric.name() + "'");
            }
            if (deviceParameter == null && !(metric.source() instanceof MetricSource.Reported)) {
                throw new IllegalArgumentException(
                        identity + ": metric '" + metric.name() + "' is a device's, but no parameter names the device");
            }
        }
        seen.clear();
        for (SymptomRule rule : rules) {
            if (!seen.add(rule.name())) {
                throw new IllegalArgumentException(identity + ": two symptoms are named '" + rule.name() + "'");
            }
        }
    }

    /** The types of the metrics by name: what the rules' expressions are checked against. */
    public static Map<String, ValueType> metricTypes(List<MetricDefinition> metrics) {
        Map<String, ValueType> types = new LinkedHashMap<>();
        metrics.forEach(metric -> types.put(metric.name(), metric.type()));
        return types;
    }

    /** The units of the metrics that have one, by name. */
    public static Map<String, String> metricUnits(List<MetricDefinition> metrics) {
        Map<String, String> units = new LinkedHashMap<>();
        for (MetricDefinition metric : metrics) {
            String unit = metric.unit();
            if (unit != null) {
                units.put(metric.name(), unit);
            }
        }
        return units;
    }
}
