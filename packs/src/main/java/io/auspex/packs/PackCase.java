package io.auspex.packs;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded course of values for one subservice, and the health that it should have.
 *
 * @param type identity of the subservice type
 */
record PackCase(String name, String type, Map<String, String> parameters, List<Step> steps, Place place) {
    PackCase(String name, String type, Map<String, String> parameters, List<Step> steps, Place place) {
        this.name = name;
        this.type = type;
        this.parameters = Map.copyOf(parameters);
        this.steps = List.copyOf(steps);
        this.place = place;
    }

    /**
     * What happens at a time.
     *
     * @param at since the start of the case, not before the step above
     * @param values the device's texts by metric from now on; an empty one says that the device has no such value
     * @param silent whether nothing comes in from now on, until a step that has values
     */
    record Step(
            Duration at,
            Map<String, String> values,
            boolean silent,
            @Nullable Expected expected,
            Place place) {
        Step(Duration at, Map<String, String> values, boolean silent, @Nullable Expected expected, Place place) {
            this.at = at;
            this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            this.silent = silent;
            this.expected = expected;
            this.place = place;
        }
    }

    /**
     * What the health should be.
     *
     * @param score 0..100, or −1 for unknown
     * @param symptoms names of the active symptoms in alphabetical order; null where they do not matter
     */
    record Expected(int score, @Nullable List<String> symptoms, Place place) {}
}
