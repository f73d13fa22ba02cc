package io.auspex.assuranceengine.collection;

import java.time.Instant;

/**
 * The session with a device as it stands.
 *
 * @param detail what happened, for people; may be empty
 * @param since when the state began
 */
public record DeviceSession(String device, SessionState state, String detail, Instant since) {}
