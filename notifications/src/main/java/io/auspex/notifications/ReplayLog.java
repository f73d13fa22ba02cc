package io.auspex.notifications;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one stream on disk (RFC 5277 §2.1.1, RFC 8639 §2.4.2.1): segments that are only appended to, of which the
 * oldest are removed when the log is too old or too large. What is corrupt is cut off when the log is opened.
 *
 * <p>One thread appends; any thread reads.
 */
final class ReplayLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayLog.class);
    private static final int SEGMENTS = 8;
    private static final String CREATED = "created";
    private static final String AGED = "aged";

    private final Path directory;
    private final StreamLimits limits;
    private final InstantSource clock;
    private final CopyOnWriteArrayList<Segment> segments = new CopyOnWriteArrayList<>();
    private final Instant created;
    private @Nullable Instant leftOff;
    private volatile @Nullable Instant aged;
    private @Nullable FileChannel out;
    private boolean dirty;

    private ReplayLog(Path directory, StreamLimits limits, InstantSource clock) throws IOException {
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
        Files.createDirectories(directory);
        var begun = time(CREATED);
        created = begun == null ? clock.instant() : begun;
        if (begun == null) {
            Files.writeString(directory.resolve(CREATED), created.toString());
        }
        aged = time(AGED);
    }

    static ReplayLog open(Path directory, StreamLimits limits, InstantSource clock) throws IOException {
        var log = new ReplayLog(directory, limits, clock);
        List<Path> files;
        try (var all = Files.list(directory)) {
            files = all.sorted(Comparator.naturalOrder()).toList();
        }
        for (var file : files) {
            var segment = Segment.open(file).orElse(null);
            if (segment == null) {
                continue;
            }
            var length = Files.size(file);
            if (segment.size() < length) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("kept", segment.size())
                        .addKeyValue("cut", length - segment.size())
                        .log("replay log cut where it is corrupt");
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(segment.size());
                }
            }
            if (segment.isEmpty()) {
                Files.delete(file);
            } else {
                log.segments.add(segment);
            }
        }
        log.removeOld();
        log.leftOff = log.segments.isEmpty() ? null : log.segments.getLast().newest();
        return log;
    }

    private @Nullable Instant time(String name) throws IOException {
        try {
            return Instant.parse(Files.readString(directory.resolve(name)).strip());
        } catch (NoSuchFileException | DateTimeException e) {
            return null;
        }
    }

    Instant created() {
        return created;
    }

    @Nullable
    Instant aged() {
        return aged;
    }

    /** The time of the newest event that was there when the log was opened; null when there was none. */
    @Nullable
    Instant leftOff() {
        return leftOff;
    }

    /** The id of the newest event; 0 when there is none. */
    long lastId() {
        return segments.isEmpty() ? 0 : segments.getLast().lastId();
    }

    /** Appends events, those of one segment with one write; on a fault the log ends with a segment's events before it. */
    void append(List<EventFrame> frames) throws IOException {
        var rest = frames;
        while (!rest.isEmpty()) {
            var segment = segmentFor(rest.getFirst());
            var count = 0;
            var bytes = segment.size();
            while (count < rest.size() && (count == 0 || bytes < segmentBytes())) {
                bytes += rest.get(count++).length();
            }
            append(segment, rest.subList(0, count));
            rest = rest.subList(count, rest.size());
        }
    }

    private void append(Segment segment, List<EventFrame> frames) throws IOException {
        var together = new EventFrame.Frames(
                frames.stream().mapToInt(EventFrame::length).sum());
        frames.forEach(frame -> frame.addTo(together));
        var bytes = together.bytes();
        var end = segment.size() + bytes.remaining();
        var channel = channel(segment);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, end - bytes.remaining());
            }
        } catch (IOException e) {
            channel.truncate(segment.size());
            throw e;
        }
        dirty = true;
        segment.added(frames);
    }

    private long segmentBytes() {
        return limits.replayBytes() / SEGMENTS;
    }

    private Segment segmentFor(EventFrame frame) throws IOException {
        var last = segments.isEmpty() ? null : segments.getLast();
        var share = limits.replayAge().dividedBy(SEGMENTS);
        if (last != null
                && last.size() < segmentBytes()
                && (last.isEmpty() || last.oldest().plus(share).isAfter(clock.instant()))) {
            return last;
        }
        close();
        var next = Segment.create(directory, frame.id());
        segments.add(next);
        removeOld();
        return next;
    }

    private FileChannel channel(Segment segment) throws IOException {
        var channel = out;
        if (channel == null) {
            channel = FileChannel.open(segment.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            out = channel;
        }
        return channel;
    }

    private void removeOld() throws IOException {
        var total = segments.stream().mapToLong(Segment::size).sum();
        var oldest = clock.instant().minus(limits.replayAge());
        while (segments.size() > 1) {
            var first = segments.getFirst();
            if (total <= limits.replayBytes() - segmentBytes()
                    && !first.newest().isBefore(oldest)) {
                return;
            }
            total -= first.size();
            aged = first.newest();
            Files.writeString(directory.resolve(AGED), first.newest().toString());
            segments.removeFirst();
            Files.deleteIfExists(first.file());
        }
    }

    /** Notes that an event could not be logged: the log is complete only after it. */
    void missed(Instant time) {
        aged = time;
    }

    /** Brings what was appended to the disk. */
    void force() throws IOException {
        if (dirty && out != null) {
            out.force(false);
        }
        dirty = false;
    }

    void close() throws IOException {
        force();
        if (out != null) {
            out.close();
            out = null;
        }
    }

    /**
     * Where a reader stands in the log.
     *
     * @param id the next event wanted
     * @param file the segment read last; null before the first
     * @param offset in that file
     */
    record Cursor(long id, @Nullable Path file, long offset) {
        static Cursor at(long id) {
            return new Cursor(id, null, 0);
        }
    }

    /**
     * Some events and where to read on.
     *
     * @param frames empty when the log has no more
     */
    record Batch(List<EventFrame> frames, Cursor next) {}

    /**
     * Reads the next events.
     *
     * @param from segments with older events only are passed over; {@link Instant#MIN} for none
     * @param most how many
     */
    Batch read(Cursor cursor, Instant from, int most) throws IOException {
        for (var segment : segments) {
            if (segment.lastId() < cursor.id() || segment.newest().isBefore(from)) {
                continue;
            }
            var batch = read(segment, cursor, most);
            if (!batch.frames().isEmpty()) {
                return batch;
            }
        }
        return new Batch(List.of(), cursor);
    }

    private static Batch read(Segment segment, Cursor cursor, int most) throws IOException {
        var end = segment.size();
        var offset = segment.file().equals(cursor.file()) ? cursor.offset() : 0;
        var frames = new ArrayList<EventFrame>();
        var id = cursor.id();
        try (var file = FileChannel.open(segment.file(), StandardOpenOption.READ);
                var in = new BufferedInputStream(Channels.newInputStream(file.position(offset)), 1 << 16)) {
            while (frames.size() < most && offset < end) {
                var frame = EventFrame.read(in);
                if (frame == null) {
                    throw new IOException(segment.file() + " is corrupt at " + offset);
                }
                offset += frame.length();
                if (frame.id() >= id) {
                    frames.add(frame);
                    id = frame.id() + 1;
                }
            }
        } catch (NoSuchFileException e) {
            // Removed as too old in the meantime: what follows is in the next segment.
            return new Batch(List.of(), cursor);
        }
        return new Batch(frames, new Cursor(id, segment.file(), offset));
    }
}
