package io.auspex.assuranceengine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The symptoms that any subservice may have, whatever its type; they weigh 100, since a score of 100 would be wrong, but for
 * {@link #NO_REDUNDANCY}, whose weight the dependencies give.
 */
public enum EngineSymptom {
    UNDER_MAINTENANCE("Under Maintenance", null),
    TYPE_UNSUPPORTED("no pack knows this type of subservice", Health.Reason.TYPE_UNSUPPORTED),
    MODEL_MISSING(
            "the device implements no YANG module that has the metric, or nobody knows where one of its platform has it",
            Health.Reason.MODEL_MISSING),
    METRIC_UNSUPPORTED(
            "the device has no value in any of the places where the metric may be", Health.Reason.METRIC_UNSUPPORTED),
    METRIC_INVALID("the device sent a value that is not of the metric's type", Health.Reason.METRIC_INVALID),
    METRIC_MISSING("the device answered without the metric", Health.Reason.METRIC_MISSING),
    METRIC_STALE("the newest value of the metric is too old to tell", Health.Reason.METRIC_STALE),
    NOT_YET_COMPUTED("no value of the metric has come in yet", Health.Reason.NOT_YET_COMPUTED),
    NO_REDUNDANCY("none of a redundancy group is to spare any more", null);

    /** What a symptom of the engine weighs. */
    public static final int WEIGHT = 100;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String description;
    private final Health.@Nullable Reason reason;

    EngineSymptom(String description, Health.@Nullable Reason reason) {
        this.description = description;
        this.reason = reason;
    }

    /** The name that symptoms bear: {@code metric-stale}, … */
    public String text() {
        return text;
    }

    /** What the symptom says, without the metric concerned. */
    public String description() {
        return description;
    }

    Health.Reason reason() {
        if (reason == null) {
            throw new IllegalStateException(this + " does not make the score unknown");
        }
        return reason;
    }
}
