package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Updates of the datastores of a server: what can be subscribed to, and the sources of those who did (RFC 8641). */
public final class Push {
    /** The datastores that periodic updates are made of. */
    public static final Set<DatastoreName> DATASTORES = EnumSet.of(
            DatastoreName.RUNNING, DatastoreName.CANDIDATE, DatastoreName.INTENDED, DatastoreName.OPERATIONAL);

    /** The datastores whose changes are told. */
    public static final Set<DatastoreName> ON_CHANGE =
            EnumSet.of(DatastoreName.RUNNING, DatastoreName.INTENDED, DatastoreName.OPERATIONAL);

    /** The shortest period. */
    public static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);

    /** The most data nodes that an update may have. */
    public static final int MOST_OBJECTS = 1_000_000;

    /** How many data nodes a second one subscription may have sent. */
    private static final int OBJECTS_PER_SECOND = 200_000;

    private final Datastores datastores;
    private final AccessControl access;
    private final InstantSource clock;
    private final Views views;
    private final Counts counts;
    private @Nullable UpdateWriter writer;
    private @Nullable Contents contents;

    public Push(Datastores datastores, AccessControl access, InstantSource clock) {
        this.datastores = datastores;
        this.access = access;
        this.clock = clock;
        views = new Views(datastores, access, clock);
        counts = new Counts(access, clock);
    }

    /** Made when it is needed first: a model without ietf-yang-push has nothing to write. */
    private synchronized UpdateWriter writer() {
        if (writer == null) {
            writer = new UpdateWriter(datastores.model(), access);
        }
        return writer;
    }

    private synchronized Contents contents() {
        if (contents == null) {
            contents = new Contents(access, writer(), clock);
        }
        return contents;
    }

    /** The source of a subscription whose terms are accepted. */
    public PushSource open(PushRequest request, @Nullable Instant stopTime) throws YangException {
        return switch (request.trigger()) {
            case Trigger.Periodic periodic ->
                new PeriodicSource(
                        new Contents.Of(
                                contents(),
                                request.id(),
                                request.datastore(),
                                views.roots(request.datastore()),
                                request.selection(),
                                request.principal(),
                                request.encoding()),
                        periodic,
                        clock,
                        stopTime);
            case Trigger.OnChange onChange -> new OnChangeSource(request, onChange, views, writer(), clock, stopTime);
        };
    }

    /** How many data nodes a principal would get in one update, up to one more than are allowed. */
    public int objects(DatastoreName datastore, Selection selection, Principal principal) throws YangException {
        return counts.of(datastore, views.roots(datastore).get(), selection, principal, MOST_OBJECTS + 1);
    }

    /** The shortest period of a selection of so many data nodes. */
    public Duration shortestPeriod(int objects) {
        var needed = Duration.ofMillis(objects * 1_000L / OBJECTS_PER_SECOND);
        return needed.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : needed;
    }

    /** State that is selected and whose changes are not told; empty when all changes are. */
    public Optional<SchemaNode> untold(Selection selection) {
        var root = DataPath.root(datastores.model().root());
        return datastores.providers().stream()
                .filter(p -> !p.feeds())
                .flatMap(p -> p.roots().stream())
                .flatMap(r -> state(root.child(r), selection).stream())
                .findFirst();
    }

    private static Optional<SchemaNode> state(DataPath path, Selection selection) {
        if (!selection.touches(path)) {
            return Optional.empty();
        }
        var schema = path.schema();
        return schema.config()
                ? schema.children().stream()
                        .flatMap(c -> state(path.child(c), selection).stream())
                        .findFirst()
                : Optional.of(schema);
    }
}
