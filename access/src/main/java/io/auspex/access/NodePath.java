package io.auspex.access;

import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The path of a data rule: a node-instance-identifier, whose key predicates are optional (RFC 8341 §3.4.1). The path without
 * steps, {@code /}, is above all data.
 *
 * @param steps outermost first
 */
record NodePath(List<Step> steps) {
    NodePath {
        steps = List.copyOf(steps);
    }

    /** One name of a path with the key values that it demands. */
    record Step(SchemaNode schema, List<KeyTest> keys) {
        Step {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Demands one key value.
     *
     * @param index place in the list's key statement; 0 for the value of a leaf-list
     * @param value null stands for the user name, {@code $USER}
     */
    record KeyTest(int index, @Nullable Object value) {}

    /** True when the path is of the node or of one above it, whatever the keys. */
    boolean covers(SchemaNode node) {
        if (steps.isEmpty()) {
            return true;
        }
        var last = steps.getLast().schema();
        for (SchemaNode at = node; at != null; at = at.parent().orElse(null)) {
            if (at == last) {
                return true;
            }
        }
        return false;
    }

    /** True when the path demands no key. */
    boolean isKeyless() {
        return steps.stream().allMatch(s -> s.keys().isEmpty());
    }

    /** True when a node that the path {@link #covers} has the keys that it demands. */
    boolean fits(Place place, String user) {
        for (var step : steps) {
            if (step.keys().isEmpty()) {
                continue;
            }
            var key = place.keyOf(step.schema());
            if (key == null) {
                return false;
            }
            for (var test : step.keys()) {
                var wanted = test.value() == null ? user : test.value();
                if (!Objects.equals(wanted, key.value(test.index()))) {
                    return false;
                }
            }
        }
        return true;
    }
}
