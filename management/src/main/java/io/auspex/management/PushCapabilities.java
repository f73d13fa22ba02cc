package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.push.Push;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What subscriptions to datastores can have, for the system, its datastores, and state whose changes are not told (RFC 9196). */
final class PushCapabilities implements OperationalProvider {
    private static final String REVISIONS = "ietf-yang-push-revision";
    private static final String ENVELOPES = "ietf-yp-notification";
    private static final String MODULE = "ietf-system-capabilities";
    private static final String CAPABILITIES = "ietf-notification-capabilities:subscription-capabilities";
    private static final String ALL = "config-changes state-changes";
    private static final long MILLIS = 10;

    private final Datastores datastores;

    PushCapabilities(Datastores datastores) {
        this.datastores = datastores;
    }

    @Override
    public Set<SchemaNode> roots() {
        return datastores
                .model()
                .root()
                .child(MODULE, "system-capabilities")
                .map(Set::of)
                .orElseGet(Set::of);
    }

    @Override
    public @Nullable InnerNode state(InnerNode running) {
        var model = datastores.model();
        if (roots().isEmpty()) {
            return null;
        }
        return NodeBuilder.node(
                model.root(),
                root -> root.container(MODULE + ":system-capabilities", system -> {
                    for (var datastore : Push.DATASTORES) {
                        model.identity(YangLibrary.identityOf(datastore))
                                .ifPresent(name -> system.entry("datastore-capabilities", entry -> {
                                    entry.leaf("datastore", name);
                                    nodes(datastore, entry);
                                }));
                    }
                    system.container(CAPABILITIES, all -> {
                        all.leaf("max-nodes-per-update", (long) Push.MOST_OBJECTS)
                                .text("periodic-notifications-supported", ALL)
                                .leaf("minimum-update-period", centiseconds(Push.SHORTEST_PERIOD))
                                .text("on-change-supported", ALL)
                                .leaf("minimum-dampening-period", 0L)
                                .value("supported-excluded-change-type", "all");
                        if (model.module(REVISIONS).isPresent()) {
                            all.leaf(REVISIONS + ":yang-push-module-revision-supported", true);
                        }
                        if (model.module(ENVELOPES).isPresent()) {
                            all.container(
                                    ENVELOPES + ":notification-metadata",
                                    n -> n.leaf("envelope", true)
                                            .container("metadata", m -> m.leaf("hostname-sequence-number", true)));
                        }
                    });
                }));
    }

    private static long centiseconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    /** Where less can be had than of the system. */
    private void nodes(DatastoreName datastore, NodeBuilder entry) {
        if (!Push.ON_CHANGE.contains(datastore)) {
            entry.entry("per-node-capabilities", node -> untold(node, "/"));
        } else if (datastore == DatastoreName.OPERATIONAL) {
            for (var path : untold()) {
                entry.entry("per-node-capabilities", node -> untold(node, path));
            }
        }
    }

    private static void untold(NodeBuilder node, String selector) {
        node.leaf("node-selector", selector).container(CAPABILITIES, c -> c.text("on-change-supported", ""));
    }

    /** The topmost state nodes whose changes nobody tells of. */
    private Set<String> untold() {
        var found = new TreeSet<String>();
        var root = DataPath.root(datastores.model().root());
        for (var provider : datastores.providers()) {
            if (!provider.feeds()) {
                provider.roots().forEach(r -> state(root.child(r)).forEach(p -> found.add(p.toString())));
            }
        }
        return found;
    }

    private static List<DataPath> state(DataPath path) {
        if (!path.schema().config()) {
            return List.of(path);
        }
        var found = new ArrayList<DataPath>();
        path.schema().children().forEach(c -> found.addAll(state(path.child(c))));
        return found;
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public boolean feeds() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }
}
