package io.auspex.management;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an edit did.
 *
 * @param created true when the first edit's target did not exist before
 * @param version entity version of the request's resource after the edit
 * @param lastModified of the request's resource after the edit
 */
public record EditResult(
        boolean created, @Nullable Long version, @Nullable Instant lastModified) {}
