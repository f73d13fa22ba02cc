package io.auspex.notifications.subscriptions;

import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a subscription is to (RFC 8639 §2.4.2). */
sealed interface Target {
    /** The filter as it was asked for: a name, an expression or a subtree; null for none. */
    @Nullable
    DataNode filterNode();

    /** The leafs of the target below another node of the module that has them all. */
    List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent);

    /** The name of the configured filter that is used; empty when it has one of its own or none. */
    default Optional<String> filterName() {
        return filterNode() instanceof LeafNode leaf && SubscriptionSchema.isFilterName(leaf.schema())
                ? Optional.of(leaf.value().toString())
                : Optional.empty();
    }

    /**
     * An event stream (RFC 8639 §2.1).
     *
     * @param filter which events
     */
    record Stream(
            EventStream stream,
            @Nullable DataNode filterNode,
            Predicate<Notification> filter,
            @Nullable Instant replayStartTime)
            implements Target {
        @Override
        public List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent) {
            var nodes = new ArrayList<DataNode>();
            nodes.add(schemas.leaf(parent, "stream", stream.name()));
            if (filterNode != null) {
                nodes.add(schemas.moved(filterNode, parent));
            }
            if (replayStartTime != null) {
                nodes.add(schemas.leaf(parent, "replay-start-time", replayStartTime.toString()));
            }
            return nodes;
        }
    }
}
