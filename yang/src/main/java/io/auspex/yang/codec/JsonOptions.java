package io.auspex.yang.codec;

/**
 * How JSON is written.
 *
 * @param pretty with line ends and two spaces a level
 */
public record JsonOptions(boolean pretty, Annotations annotations) {
    public static final JsonOptions COMPACT = new JsonOptions(false, Annotations.NONE);
    public static final JsonOptions PRETTY = new JsonOptions(true, Annotations.NONE);

    public JsonOptions with(Annotations other) {
        return new JsonOptions(pretty, other);
    }
}
