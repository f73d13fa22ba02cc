package io.auspex.assuranceagent;

import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance windows of auspex-assurance: which subservices they put under maintenance now, and when that changes next
 * (RFC 9417 §3.6).
 */
final class MaintenanceWindows implements AutoCloseable {
    /** A contact that begins with this says that the agent itself owns the entry (RFC 9418 §3.3). */
    private static final String CONTACT = "monitor: change ";
    /** The wall clock may be set meanwhile, so it is looked at again this often. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final SchemaNode container;
    private final InstantSource clock;
    private final Runnable changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("maintenance-windows").daemon().factory());
    private @Nullable InnerNode applied;
    private List<Window> windows = List.of();
    private @Nullable ScheduledFuture<?> next;

    private record Window(String id, String contact, Instant start, Instant end, List<SubserviceId> subservices) {
        boolean isActive(Instant now) {
            return !now.isBefore(start) && now.isBefore(end);
        }
    }

    /** @param changed called when the time has come to ask for {@link #active} again */
    MaintenanceWindows(SchemaNode container, InstantSource clock, Runnable changed) {
        this.container = container;
        this.clock = clock;
        this.changed = changed;
    }

    /** @throws YangException where a window ends before it begins, or a time does not exist */
    void check(TreeNode running) throws YangException {
        if (running.child(container) != applied) {
            read(running);
        }
    }

    /** Takes the windows of running; returns what {@link #active} does. */
    synchronized Map<SubserviceId, String> apply(TreeNode running) {
        InnerNode now = (InnerNode) running.child(container);
        if (now != applied) {
            try {
                windows = read(running);
            } catch (YangException e) {
                throw new IllegalStateException("maintenance windows were checked before", e);
            }
            applied = now;
        }
        return active();
    }

    /** The contact of each subservice that is under maintenance now. */
    synchronized Map<SubserviceId, String> active() {
        Instant now = clock.instant();
        Map<String, Window> active = new TreeMap<>();
        Duration sleep = LONGEST_SLEEP;
        boolean pending = false;
        for (Window window : windows) {
            if (window.isActive(now)) {
                active.put(window.id, window);
            }
            Instant change = window.isActive(now) ? window.end : window.start;
            if (change.isAfter(now)) {
                pending = true;
                Duration until = Duration.between(now, change);
                sleep = until.compareTo(sleep) < 0 ? until : sleep;
            }
        }
        if (next != null) {
            next.cancel(false);
        }
        next = pending ? timer.schedule(changed, sleep.toMillis() + 1, TimeUnit.MILLISECONDS) : null;
        Map<SubserviceId, String> contacts = new HashMap<>();
        active.values().forEach(w -> w.subservices.forEach(id -> contacts.putIfAbsent(id, w.contact)));
        return contacts;
    }

    private List<Window> read(TreeNode running) throws YangException {
        List<Window> read = new ArrayList<>();
        List<YangError> errors = new ArrayList<>();
        if (running.child(container) instanceof InnerNode maintenance) {
            for (InnerNode entry :
                    maintenance.list("window").<Iterable<InnerNode>>map(l -> l).orElse(List.of())) {
                try {
                    read.add(window(entry));
                } catch (YangException e) {
                    errors.addAll(e.errors());
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new YangException(errors);
        }
        return read;
    }

    private Window window(InnerNode entry) throws YangException {
        Instant start = time(entry, "start");
        Instant end = time(entry, "end");
        if (!end.isAfter(start)) {
            throw refused(entry, "ends at " + end + ", expected a time after its start at " + start);
        }
        List<SubserviceId> subservices = new ArrayList<>();
        entry.list("subservice")
                .ifPresent((ListNode list) -> list.forEach(s -> subservices.add(SubserviceReader.id(s))));
        return new Window(text(entry, "id"), CONTACT + text(entry, "change-id"), start, end, subservices);
    }

    private Instant time(InnerNode entry, String leaf) throws YangException {
        String text = text(entry, leaf);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused(entry, "its " + leaf + " is '" + text + "', expected a date and time that exists");
        }
    }

    private YangException refused(InnerNode entry, String why) {
        DataPath path = DataPath.root(container.model().root())
                .child(container)
                .entry(entry.schema(), Objects.requireNonNull(entry.key()));
        return new YangException(Failure.INVALID_VALUE, path, path + ": " + why);
    }

    private static String text(InnerNode entry, String leaf) {
        return entry.value(leaf).map(Object::toString).orElse("");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
