package io.auspex.netconfserver;

import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The feeds of one session, each on a virtual thread of its own; a new one begins when the reply under way is sent. */
final class SessionFeeds {
    /** Who defines a subscription; a session has those of one definition only (RFC 8640 §3). */
    enum Kind {
        /** {@code create-subscription}, of which a session has one at a time (RFC 5277 §2.1.1). */
        CREATED,
        /** {@code establish-subscription} (RFC 8639). */
        ESTABLISHED
    }

    private final String name;
    private final int most;
    private final NotificationFeed.Sink sink;
    private final Consumer<IOException> broken;
    private final List<Runnable> waiting = new ArrayList<>();
    private final Map<Thread, Entry> running = new HashMap<>();
    private boolean closed;

    private record Entry(Kind kind, NotificationFeed feed) {}

    /**
     * No feeds yet.
     *
     * @param most at a time
     * @param broken told when the peer cannot be written to
     */
    SessionFeeds(String name, int most, NotificationFeed.Sink sink, Consumer<IOException> broken) {
        this.name = name;
        this.most = most;
        this.sink = sink;
        this.broken = broken;
    }

    /** @throws YangException a feed of this kind cannot be added to those that are there */
    synchronized void check(Kind kind) throws YangException {
        var other = running.values().stream().anyMatch(e -> e.kind() != kind);
        if (other) {
            throw refused(Failure.NOT_SUPPORTED, "this session has subscriptions made by the other operation");
        }
        if (kind == Kind.CREATED && !running.isEmpty()) {
            throw refused(Failure.INVALID_CONFIGURATION, "this session has a subscription already");
        }
        if (running.size() >= most) {
            throw refused(Failure.RESOURCE_DENIED, "this session has " + most + " subscriptions already");
        }
    }

    private static YangException refused(Failure failure, String why) {
        return new YangException(YangError.of(failure, "subscription: " + why).withType(ErrorType.PROTOCOL));
    }

    /** @throws YangException as {@link #check}; the feed is not run then */
    synchronized void add(Kind kind, NotificationFeed feed) throws YangException {
        check(kind);
        if (closed) {
            feed.close();
            throw refused(Failure.NOT_SUPPORTED, "the session has ended");
        }
        var thread = Thread.ofVirtual().name(name).unstarted(() -> run(feed));
        running.put(thread, new Entry(kind, feed));
        waiting.add(thread::start);
    }

    /** True when nothing is subscribed to. */
    synchronized boolean isEmpty() {
        return running.isEmpty();
    }

    /** Called when a reply is sent. */
    synchronized void replied() {
        if (!closed) {
            waiting.forEach(Runnable::run);
        }
        waiting.clear();
    }

    private void run(NotificationFeed feed) {
        try {
            feed.run(sink);
        } catch (IOException e) {
            broken.accept(e);
        } catch (InterruptedException _) {
            // the session is over
        } finally {
            feed.close();
            synchronized (this) {
                running.remove(Thread.currentThread());
            }
        }
    }

    /** Ends all. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        running.forEach((thread, entry) -> {
            thread.interrupt();
            entry.feed().close();
        });
    }
}
