package io.auspex.management;

import java.time.Instant;

/**
 * What an edit did.
 *
 * @param created true when the first edit's target did not exist before
 * @param version entity version of the request's resource after the edit
 * @param lastModified of the request's resource after the edit
 */
public record EditResult(boolean created, long version, Instant lastModified) {}
