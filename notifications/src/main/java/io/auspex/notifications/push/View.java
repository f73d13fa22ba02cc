package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.Differences;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The selected part of a datastore and its newest changes, for all subscriptions that select it alike.
 *
 * <p>News of changes come from writers, which never wait, into a bounded mailbox; a thread of the view finds out what they
 * changed. Receivers are places in the changes, so that one costs the same however many others there are.
 */
final class View {
    private static final Logger LOG = LoggerFactory.getLogger(View.class);
    private static final int MOST_NEWS = 256;
    private static final int MOST_PATHS = 4_096;
    private static final int MOST_DELTAS = 1_024;
    private static final int MOST_CHANGES = 50_000;

    private final Selection selection;
    private final Supplier<? extends InnerNode> roots;
    private final AccessControl access;
    private final @Nullable Principal reader;
    private final InstantSource clock;
    private final DataPath top;
    private final ArrayDeque<News> mailbox = new ArrayDeque<>();
    private final @Nullable Delta[] ring = new Delta[MOST_DELTAS];
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final Thread worker;
    private TreeNode shadow;
    private long base;
    private long head;
    private long tail;
    private int kept;
    private volatile Instant rulesSince;
    private volatile boolean closed;

    /**
     * That something may have changed.
     *
     * @param root of the datastore after it; null for that of the moment when it is looked at
     * @param paths where
     */
    private record News(@Nullable TreeNode root, Set<DataPath> paths) {}

    /** @param reader by whose rights the data is selected; null to select from all of it */
    View(
            Selection selection,
            Supplier<? extends InnerNode> roots,
            AccessControl access,
            @Nullable Principal reader,
            InstantSource clock) {
        this.selection = selection;
        this.roots = roots;
        this.access = access;
        this.reader = reader;
        this.clock = clock;
        rulesSince = clock.instant();
        var root = roots.get();
        top = DataPath.root(root.schema());
        shadow = TreeNode.empty(root.schema());
        worker = Thread.ofVirtual().name("view " + selection.text()).unstarted(this::work);
    }

    /** Selects for the first time; news of changes may have come before. */
    void start() throws YangException {
        var root = roots.get();
        base = root instanceof TreeNode committed ? committed.version() : 0;
        shadow = whole(root);
        worker.start();
    }

    private TreeNode whole(InnerNode root) throws YangException {
        return (TreeNode) Trees.copy(
                selection.of(reader == null ? root : access.decisions(reader).readable(root)));
    }

    /** Tells that something may have changed; never waits. */
    void changed(@Nullable TreeNode root, Set<DataPath> paths) {
        synchronized (mailbox) {
            var last = mailbox.peekLast();
            if (last != null && (root == null || mailbox.size() >= MOST_NEWS)) {
                mailbox.removeLast();
                var all = new LinkedHashSet<>(last.paths());
                all.addAll(paths);
                mailbox.add(new News(root, all.size() > MOST_PATHS ? Set.of(top) : all));
            } else {
                mailbox.add(new News(root, paths));
            }
        }
        LockSupport.unpark(worker);
    }

    private void work() {
        while (!closed) {
            News news;
            synchronized (mailbox) {
                news = mailbox.poll();
            }
            if (news == null) {
                LockSupport.park(this);
            } else {
                try {
                    look(news);
                } catch (YangException | RuntimeException e) {
                    LOG.atWarn()
                            .addKeyValue("selection", selection.text())
                            .setCause(e)
                            .log("changes of a datastore could not be looked at");
                }
            }
        }
    }

    private void look(News news) throws YangException {
        if (news.root() != null && news.root().version() <= base) {
            return;
        }
        InnerNode root = news.root() == null ? roots.get() : news.root();
        var next = shadow;
        if (selection.isByPath() && reader == null) {
            var selected = selection.of(root);
            for (var path : news.paths()) {
                if (selection.touches(path)) {
                    next = Shadow.refreshed(next, selected, path);
                }
            }
        } else if (news.paths().stream().anyMatch(selection::touches)) {
            next = whole(root);
        }
        if (root instanceof TreeNode committed) {
            base = committed.version();
        }
        var changes = Differences.between(shadow, next);
        if (!changes.isEmpty()) {
            add(new Delta(shadow, next, clock.instant(), changes));
            listeners.forEach(Runnable::run);
        }
    }

    private synchronized void add(Delta delta) {
        shadow = delta.after();
        ring[(int) (head++ % MOST_DELTAS)] = delta;
        kept += delta.changes().size();
        while (head - tail > MOST_DELTAS || (kept > MOST_CHANGES && head - tail > 1)) {
            kept -= delta(tail).changes().size();
            tail++;
        }
    }

    private Delta delta(long number) {
        return Objects.requireNonNull(ring[(int) (number % MOST_DELTAS)]);
    }

    /** The number of the newest change. */
    synchronized long head() {
        return head;
    }

    /** All that is selected, and the number of the newest change in it. */
    record Moment(TreeNode selected, long number) {}

    /** The moment of a number, or that of now when it is not known. */
    synchronized Moment momentAt(long number) {
        var selected = at(number);
        return selected == null ? new Moment(shadow, head) : new Moment(selected, number);
    }

    /** All that was selected as of a number; null when that is not known. */
    synchronized @Nullable TreeNode at(long number) {
        return number == head
                ? shadow
                : number < tail || number > head ? null : delta(number).before();
    }

    /** The changes after one number up to another; null when they are no longer all kept. */
    synchronized @Nullable Delta span(long from, long to) {
        if (from < tail) {
            return null;
        }
        var parts = new ArrayList<Delta>((int) (to - from));
        for (var number = from; number < to; number++) {
            parts.add(delta(number));
        }
        return Delta.of(parts);
    }

    /** Since when there is something new after a number; null when there is not. */
    synchronized @Nullable Instant since(long number) {
        return number >= head ? null : delta(Math.max(number, tail)).at();
    }

    /** Other rules of access are in force: what its reader may see, or its receivers, has to be looked at again. */
    void rulesChanged() {
        rulesSince = clock.instant();
        if (reader != null) {
            changed(null, Set.of(top));
        }
        listeners.forEach(Runnable::run);
    }

    /** Since when the rules of access are in force. */
    Instant rulesSince() {
        return rulesSince;
    }

    /** Calls back when there is something new; the call must not wait. */
    AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    Selection selection() {
        return selection;
    }

    /** Nobody receives from it any more. */
    void close() {
        closed = true;
        LockSupport.unpark(worker);
    }
}
