package io.auspex.access;

import java.time.Duration;

/** What came of checking who someone is. */
public sealed interface Authentication {
    /** The claim holds. */
    record Accepted(Principal principal) implements Authentication {}

    /** User or password is wrong, and the peer is not told which. */
    record Rejected() implements Authentication {}

    /**
     * Not checked: too many checks wait, or this user and source have failed too often of late.
     *
     * @param retryAfter when to try again at the earliest, for HTTP Retry-After
     */
    record Busy(Duration retryAfter) implements Authentication {}
}
