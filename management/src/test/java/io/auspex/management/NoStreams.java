package io.auspex.management;

import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** No event streams. */
record NoStreams() implements EventStreams {
    @Override
    public Collection<EventStream> all() {
        return List.of();
    }

    @Override
    public Optional<EventStream> find(String name) {
        return Optional.empty();
    }
}
