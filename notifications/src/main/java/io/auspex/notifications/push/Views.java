package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.Change;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.DefaultsShown;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The views of the datastores that are in use, each kept as long as somebody receives from it. */
final class Views implements CommitListener {
    private final Datastores datastores;
    private final AccessControl access;
    private final InstantSource clock;
    private final Map<Key, Shared> all = new ConcurrentHashMap<>();

    Views(Datastores datastores, AccessControl access, InstantSource clock) {
        this.datastores = datastores;
        this.access = access;
        this.clock = clock;
        datastores.listen(this);
        access.listen(() -> all.values().forEach(shared -> shared.view.rulesChanged()));
    }

    /** @param reader null where the view is not of what one reader may see */
    private record Key(
            DatastoreName datastore,
            String selection,
            @Nullable Reader reader) {}

    /** A view with what feeds it. */
    private final class Shared {
        private final Key key;
        private final View view;
        private final List<AutoCloseable> feeds = new ArrayList<>();
        private boolean started;

        /** Guarded by the owner. */
        private int leases;

        Shared(Key key, View view) {
            this.key = key;
            this.view = view;
        }

        /** Selects for the first time, for the first who comes; others wait for it, and try it themselves when it fails. */
        synchronized void start() throws YangException {
            if (!started) {
                try {
                    feed();
                    view.start();
                    started = true;
                } finally {
                    if (!started) {
                        leave();
                    }
                }
            }
        }

        private void feed() {
            if (key.datastore() == DatastoreName.OPERATIONAL) {
                for (var provider : datastores.providers()) {
                    feeds.add(provider.feed(path -> view.changed(null, Set.of(DefaultsShown.affectedBy(path)))));
                }
            }
        }

        private void leave() {
            feeds.forEach(Views::closeQuietly);
            feeds.clear();
        }

        synchronized void close() {
            view.close();
            leave();
        }
    }

    private static void closeQuietly(AutoCloseable feed) {
        try {
            feed.close();
        } catch (Exception e) {
            throw new IllegalStateException("a feed cannot be left", e);
        }
    }

    /** The right to receive from a view. */
    final class Lease implements AutoCloseable {
        private final Shared shared;
        private final Principal principal;
        private final AutoCloseable listening;
        private boolean closed;

        private Lease(Shared shared, Principal principal, Runnable listener) {
            this.shared = shared;
            this.principal = principal;
            listening = shared.view.listen(listener);
        }

        View view() {
            return shared.view;
        }

        /** False when the principal may no longer see all that the view was selected from. */
        boolean isStillRight() {
            return shared.key.equals(key(shared.key.datastore(), shared.view.selection(), principal));
        }

        @Override
        public void close() {
            synchronized (Views.this) {
                if (!closed) {
                    closed = true;
                    closeQuietly(listening);
                    release(shared);
                }
            }
        }
    }

    /** What data a selection hangs on, so that those who see other data do not share a view. */
    private Key key(DatastoreName datastore, Selection selection, Principal principal) {
        var shared = selection.isByPath() || access.decisions(principal).permitsAll();
        return new Key(datastore, selection.text(), shared ? null : Reader.of(principal));
    }

    /** @param listener called when there is something new; must not wait */
    Lease lease(PushRequest request, Runnable listener) throws YangException {
        var shared = shared(request);
        var begun = false;
        try {
            shared.start();
            begun = true;
        } finally {
            if (!begun) {
                release(shared);
            }
        }
        return new Lease(shared, request.principal(), listener);
    }

    private synchronized Shared shared(PushRequest request) {
        var key = key(request.datastore(), request.selection(), request.principal());
        var shared = all.computeIfAbsent(key, _ -> new Shared(key, view(key, request)));
        shared.leases++;
        return shared;
    }

    private View view(Key key, PushRequest request) {
        return new View(
                request.selection(),
                roots(key.datastore()),
                access,
                key.reader() == null ? null : request.principal(),
                clock);
    }

    /** The root of a datastore of the moment. */
    Supplier<? extends InnerNode> roots(DatastoreName datastore) {
        return switch (datastore) {
            case RUNNING, INTENDED -> datastores::running;
            case OPERATIONAL -> () -> DefaultsShown.of(datastores.operational());
            case CANDIDATE -> () -> datastores.candidate().root();
            case FACTORY_DEFAULT -> throw new IllegalArgumentException(datastore + " is not subscribed to");
        };
    }

    private synchronized void release(Shared shared) {
        if (--shared.leases == 0) {
            all.remove(shared.key);
            shared.close();
        }
    }

    @Override
    public void committed(ChangeSet changes) {
        if (all.isEmpty()) {
            return;
        }
        Set<DataPath> paths = changes.changes().stream().map(Change::path).collect(Collectors.toUnmodifiableSet());
        Set<DataPath> affected = paths.stream().map(DefaultsShown::affectedBy).collect(Collectors.toUnmodifiableSet());
        for (var shared : all.values()) {
            if (shared.key.datastore() == DatastoreName.OPERATIONAL) {
                shared.view.changed(null, affected);
            } else {
                shared.view.changed(changes.after(), paths);
            }
        }
    }
}
