package io.auspex.notifications;

import java.util.Collection;
import java.util.Optional;

/** The event streams of this server, by name (RFC 5277 §3.2.5, RFC 8040 §9.3). */
public interface EventStreams {
    /** All streams, by name. */
    Collection<EventStream> all();

    Optional<EventStream> find(String name);
}
