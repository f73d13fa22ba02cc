package io.auspex.assuranceagent;

import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.Notification;
import io.auspex.notifications.Subscription;
import io.auspex.yang.data.InnerNode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Event streams that keep what was published. */
final class RecordingStreams implements EventStreams {
    private final Map<String, Recording> streams = new LinkedHashMap<>();

    RecordingStreams(String... names) {
        for (var name : names) {
            streams.put(name, new Recording(name));
        }
    }

    List<InnerNode> published(String stream) {
        return Objects.requireNonNull(streams.get(stream)).published.stream()
                .map(Notification::content)
                .toList();
    }

    @Override
    public Collection<EventStream> all() {
        return List.copyOf(streams.values());
    }

    @Override
    public Optional<EventStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    private static final class Recording implements EventStream {
        private final String name;
        private final List<Notification> published = new CopyOnWriteArrayList<>();

        Recording(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public long lastId() {
            return published.size();
        }

        @Override
        public @Nullable Instant replayLogCreationTime() {
            return null;
        }

        @Override
        public @Nullable Instant replayLogAgedTime() {
            return null;
        }

        @Override
        public @Nullable Instant replayLogLeftOff() {
            return null;
        }

        @Override
        public int receivers() {
            return 0;
        }

        @Override
        public void publish(Notification notification) {
            published.add(notification);
        }

        @Override
        public Subscription subscribe(
                Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription resume(
                Predicate<Notification> filter, long lastId, @Nullable Instant startTime, @Nullable Instant stopTime) {
            throw new UnsupportedOperationException();
        }
    }
}
