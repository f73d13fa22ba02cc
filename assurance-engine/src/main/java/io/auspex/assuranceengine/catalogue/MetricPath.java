package io.auspex.assuranceengine.catalogue;

import java.util.List;

/** The path of one leaf in a device's YANG data; {@code toString} is the XPath. */
public record MetricPath(List<PathTemplate.Step> steps) {
    public MetricPath {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        StringBuilder xpath = new StringBuilder();
        for (PathTemplate.Step step : steps) {
            xpath.append('/').append(step.prefix()).append(':').append(step.name());
            for (PathTemplate.Key key : step.keys()) {
                xpath.append('[').append(key.prefix()).append(':').append(key.name());
                xpath.append('=').append(literal(key.value())).append(']');
            }
        }
        return xpath.toString();
    }

    /** An XPath 1.0 literal has no escapes: a text with both quotes has to be put together. */
    private static String literal(String text) {
        if (text.indexOf('\'') < 0) {
            return "'" + text + "'";
        }
        if (text.indexOf('"') < 0) {
            return '"' + text + '"';
        }
        return "concat('" + text.replace("'", "',\"'\",'") + "')";
    }
}
