package io.auspex.notifications;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One file of a replay log; written by one thread, read by many up to the size that was told. */
final class Segment {
    private static final String PREFIX = "events-";
    private static final String SUFFIX = ".log";

    private final Path file;
    private final long firstId;
    private volatile long lastId;
    private volatile long size;
    private volatile Instant newest = Instant.MIN;
    private volatile Instant oldest = Instant.MAX;

    private Segment(Path file, long firstId) {
        this.file = file;
        this.firstId = firstId;
        lastId = firstId - 1;
    }

    /** A segment without events, whose file does not exist yet. */
    static Segment create(Path directory, long firstId) {
        return new Segment(
                directory.resolve(String.format(Locale.ROOT, "%s%020d%s", PREFIX, firstId, SUFFIX)), firstId);
    }

    /** The segment in a file, read through to the first frame that is cut off or corrupt; empty for any other file. */
    static Optional<Segment> open(Path file) throws IOException {
        var name = file.getFileName().toString();
        if (!name.matches(PREFIX + "[0-9]{20}" + SUFFIX.replace(".", "\\."))) {
            return Optional.empty();
        }
        long first;
        try {
            first = Long.parseLong(name, PREFIX.length(), PREFIX.length() + 20, 10);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        var segment = new Segment(file, first);
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (var frame = EventFrame.read(in); frame != null; frame = EventFrame.read(in)) {
                if (frame.id() <= segment.lastId) {
                    break;
                }
                segment.added(List.of(frame));
            }
        }
        return Optional.of(segment);
    }

    /** Told by the writer when frames stand in the file. */
    void added(List<EventFrame> frames) {
        var bytes = 0L;
        for (var frame : frames) {
            newest = frame.time().isAfter(newest) ? frame.time() : newest;
            oldest = frame.time().isBefore(oldest) ? frame.time() : oldest;
            bytes += frame.length();
        }
        lastId = frames.getLast().id();
        // Readers look at the size first, so it comes last.
        size = size + bytes;
    }

    Path file() {
        return file;
    }

    long firstId() {
        return firstId;
    }

    /** The id of the last event; one below the first when there is none. */
    long lastId() {
        return lastId;
    }

    long size() {
        return size;
    }

    /** The latest event time in it. */
    Instant newest() {
        return newest;
    }

    /** The earliest event time in it. */
    Instant oldest() {
        return oldest;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
