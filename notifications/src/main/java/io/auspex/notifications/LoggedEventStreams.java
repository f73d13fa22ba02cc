package io.auspex.notifications;

import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The event streams of a server, each with a replay log in a folder of its own. */
public final class LoggedEventStreams implements EventStreams, AutoCloseable {
    private final ConcurrentSkipListMap<String, LoggedStream> streams = new ConcurrentSkipListMap<>();
    private final @Nullable Path directory;
    private final InstantSource clock;
    private final StreamLimits limits;
    private final LogWriter writer;
    private final EventReader reader;
    private final List<ReplayLog> logs = new ArrayList<>();

    /**
     * No streams yet.
     *
     * @param directory where the replay logs are; null for none
     */
    public LoggedEventStreams(ModelContext model, @Nullable Path directory, InstantSource clock, StreamLimits limits) {
        this.directory = directory;
        this.clock = clock;
        this.limits = limits;
        reader = new EventReader(model);
        writer = new LogWriter(limits.queue()).start();
    }

    /**
     * Adds a stream; its log is opened, and cut where it is corrupt.
     *
     * @throws IOException when its log cannot be read or written
     * @throws IllegalArgumentException when there is one of that name, or the name is no file name
     */
    public synchronized EventStream register(String name, String description) throws IOException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || streams.containsKey(name)) {
            throw new IllegalArgumentException("'" + name + "' is no new name of an event stream");
        }
        LoggedStream.Replay replay = null;
        if (directory != null) {
            var log = ReplayLog.open(directory.resolve(name), limits, clock);
            logs.add(log);
            replay = new LoggedStream.Replay(log, writer, reader);
        }
        var stream = new LoggedStream(name, description, clock, limits, replay);
        streams.put(name, stream);
        return stream;
    }

    @Override
    public Collection<EventStream> all() {
        return List.copyOf(streams.values());
    }

    @Override
    public Optional<EventStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** Ends all receivers once they have taken what is left, and brings the logs to disk. */
    @Override
    public synchronized void close() throws IOException {
        streams.values().forEach(LoggedStream::close);
        writer.close();
        for (var log : logs) {
            log.close();
        }
        logs.clear();
    }
}
