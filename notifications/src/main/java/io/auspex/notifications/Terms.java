package io.auspex.notifications;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for (RFC 8639 §2.4.2).
 *
 * @param filterNode the filter as it was asked for: a name, an expression or a subtree; null for none
 * @param filter which events
 * @param encoding the name of its identity
 */
record Terms(
        EventStream stream,
        @Nullable DataNode filterNode,
        Predicate<Notification> filter,
        @Nullable Instant replayStartTime,
        @Nullable Instant stopTime,
        String encoding) {

    Terms with(@Nullable DataNode node, Predicate<Notification> other) {
        return new Terms(stream, node, other, replayStartTime, stopTime, encoding);
    }

    Terms with(@Nullable Instant otherStop) {
        return new Terms(stream, filterNode, filter, replayStartTime, otherStop, encoding);
    }

    /** The name of the configured filter that is used; empty when it has one of its own or none. */
    Optional<String> filterName() {
        return filterNode instanceof LeafNode leaf && leaf.schema().name().equals("stream-filter-name")
                ? Optional.of(leaf.value().toString())
                : Optional.empty();
    }

    /** The leafs of the terms below another node of the module that has them all. */
    List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent) {
        var nodes = new ArrayList<DataNode>();
        nodes.add(schemas.leaf(parent, "stream", stream.name()));
        if (filterNode != null) {
            nodes.add(schemas.moved(filterNode, parent));
        }
        if (replayStartTime != null) {
            nodes.add(schemas.leaf(parent, "replay-start-time", replayStartTime.toString()));
        }
        if (stopTime != null) {
            nodes.add(schemas.leaf(parent, "stop-time", stopTime.toString()));
        }
        nodes.add(schemas.leaf(parent, "encoding", schemas.identity(encoding)));
        return nodes;
    }
}
