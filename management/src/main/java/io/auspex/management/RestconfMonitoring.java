package io.auspex.management;

import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What RESTCONF can do, and its event streams, as operational state (RFC 8040 §9). */
public final class RestconfMonitoring implements OperationalProvider {
    /** The URL of {+restconf} by which the caller of this moment reached the server. */
    public static final ScopedValue<String> BASE = ScopedValue.newInstance();

    private static final String MODULE = "ietf-restconf-monitoring";
    private static final String CAPABILITY = "urn:ietf:params:restconf:capability:";
    private static final List<String> CAPABILITIES = List.of(
            "cursor:1.0",
            "defaults:1.0?basic-mode=explicit",
            "depth:1.0",
            "direction:1.0",
            "fields:1.0",
            "filter:1.0",
            "limit:1.0",
            "locale:1.0",
            "offset:1.0",
            "replay:1.0",
            "sort-by:1.0",
            "sublist-limit:1.0",
            "where:1.0",
            "with-defaults:1.0",
            "with-operational-defaults:1.0",
            "with-origin:1.0",
            "yang-patch:1.0");

    private final ModelContext model;
    private final EventStreams streams;
    private final String base;

    /** @param base the URL of {+restconf} for callers that did not come over RESTCONF */
    public RestconfMonitoring(ModelContext model, EventStreams streams, String base) {
        this.model = model;
        this.streams = streams;
        this.base = base;
    }

    @Override
    public Set<SchemaNode> roots() {
        return model.root().child(MODULE, "restconf-state").map(Set::of).orElseGet(Set::of);
    }

    @Override
    public @Nullable InnerNode state(InnerNode running) {
        var url = BASE.orElse(base);
        return NodeBuilder.node(
                model.root(),
                root -> root.container(MODULE + ":restconf-state", state -> {
                    state.container(
                            "capabilities", all -> CAPABILITIES.forEach(c -> all.value("capability", CAPABILITY + c)));
                    state.container(
                            "streams",
                            all -> streams.all()
                                    .forEach(stream -> all.entry("stream", entry -> stream(entry, stream, url))));
                }));
    }

    private static void stream(NodeBuilder entry, EventStream stream, String url) {
        entry.leaf("name", stream.name()).leaf("description", stream.description());
        var created = stream.replayLogCreationTime();
        if (created != null) {
            entry.leaf("replay-support", true).leaf("replay-log-creation-time", created.toString());
        }
        for (var encoding : List.of("json", "xml")) {
            entry.entry(
                    "access",
                    access -> access.leaf("encoding", encoding)
                            .leaf("location", url + "/streams/" + stream.name() + "/" + encoding));
        }
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
