package io.auspex.packs;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file and where it starts. */
sealed interface YamlNode {
    Place place();

    /** Keys with their values, in the order of the file. */
    record Mapping(Map<String, Entry> entries, Place place) implements YamlNode {}

    /** A list. */
    record Sequence(List<YamlNode> items, Place place) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A text, number or truth, as written. */
    record Scalar(String text, Place place) implements YamlNode {}

    /** A value and where its key stands. */
    record Entry(Place key, YamlNode value) {}

    /** What it is, for an error message. */
    default String kind() {
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar(String text, Place _) -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        };
    }
}
