package io.auspex.netconfserver;

import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.EventStreams;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event streams as {@code /netconf/streams} (RFC 5277 §3.2.5.1). */
public final class EventStreamState implements OperationalProvider {
    private static final String MODULE = "nc-notifications";

    private final ModelContext model;
    private final EventStreams streams;

    public EventStreamState(ModelContext model, EventStreams streams) {
        this.model = model;
        this.streams = streams;
    }

    @Override
    public Set<SchemaNode> roots() {
        return model.root().child(MODULE, "netconf").map(Set::of).orElseGet(Set::of);
    }

    @Override
    public @Nullable InnerNode state(InnerNode running) {
        return NodeBuilder.node(
                model.root(),
                root -> root.container(
                        MODULE + ":netconf",
                        netconf -> netconf.container(
                                "streams",
                                all -> streams.all()
                                        .forEach(stream -> all.entry("stream", entry -> {
                                            var created = stream.replayLogCreationTime();
                                            entry.leaf("name", stream.name())
                                                    .leaf("description", stream.description())
                                                    .leaf("replaySupport", created != null);
                                            if (created != null) {
                                                entry.leaf("replayLogCreationTime", created.toString());
                                            }
                                        })))));
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }
}
