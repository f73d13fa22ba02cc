package io.auspex.datastore;

import java.time.Instant;

/**
 * What a commit did.
 *
 * @param changes what was changed, empty where everything was so already
 * @param created true when the target of the first edit did not exist before
 * @param version of the first edit's target after the commit, or of the lowest node above it that is left
 */
public record CommitResult(ChangeSet changes, boolean created, long version) {
    /** When the target was changed last. */
    public Instant lastModified() {
        return Versions.time(version);
    }
}
