package io.auspex.history;

import org.jspecify.annotations.Nullable;

/**
 * A subservice that differs between two times.
 *
 * @param before null where it was not there
 * @param after null where it is not there any more
 */
public record GraphDifference(
        NodeKey key, @Nullable NodeState before, @Nullable NodeState after) {}
