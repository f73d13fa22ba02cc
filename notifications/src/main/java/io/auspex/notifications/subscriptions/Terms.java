package io.auspex.notifications.subscriptions;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for (RFC 8639 §2.4.2).
 *
 * @param encoding the name of its identity
 * @param modules what modules have to be
 * @param grace how long it outlives the connection that it is received over; zero for not at all
 */
record Terms(
        Target target,
        @Nullable Instant stopTime,
        String encoding,
        List<ModuleVersions.Wanted> modules,
        Duration grace) {
    Terms with(Target other) {
        return new Terms(other, stopTime, encoding, modules, grace);
    }

    Terms with(@Nullable Instant otherStop) {
        return new Terms(target, otherStop, encoding, modules, grace);
    }

    Terms with(List<ModuleVersions.Wanted> others) {
        return new Terms(target, stopTime, encoding, others, grace);
    }

    Terms withEncoding(String other) {
        return new Terms(target, stopTime, other, modules, grace);
    }

    /** The leafs of the terms below another node of the module that has them all. */
    List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent) {
        var nodes = new ArrayList<>(target.below(schemas, parent));
        if (stopTime != null) {
            nodes.add(schemas.leaf(parent, "stop-time", stopTime.toString()));
        }
        nodes.add(schemas.leaf(parent, "encoding", schemas.identity(encoding)));
        nodes.addAll(schemas.versions().below(parent, target, modules));
        if (!grace.isZero()) {
            parent.child(SubscriptionSchema.GRACE_MODULE, "grace-period")
                    .ifPresent(s -> nodes.add(schemas.leaf(s, grace.toSeconds())));
        }
        return nodes;
    }
}
