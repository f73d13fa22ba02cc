package io.auspex.yang.xpath;

import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Map;

/** An expression that is a plain way down from the root, with nothing but keys in its predicates (XPath 1.0 §2). */
public record LocationPath(List<Step> steps) {
    public LocationPath {
        steps = List.copyOf(steps);
    }

    /**
     * One step down.
     *
     * @param keys those that are given, with their values
     */
    public record Step(SchemaNode node, Map<SchemaNode, Object> keys) {
        public Step {
            keys = Map.copyOf(keys);
        }
    }
}
