package io.auspex.management;

import io.auspex.access.AccessControl;
import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.Set;

/** The counters of what access control denied, as operational state (RFC 8341 §3.3.2). */
public final class NacmState implements OperationalProvider {
    private static final long COUNTER = 1L << 32;

    private final ModelContext model;
    private final AccessControl access;

    public NacmState(ModelContext model, AccessControl access) {
        this.model = model;
        this.access = access;
    }

    @Override
    public Set<SchemaNode> roots() {
        return model.root().child("ietf-netconf-acm", "nacm").map(Set::of).orElseGet(Set::of);
    }

    @Override
    public InnerNode state(InnerNode running) {
        return NodeBuilder.node(
                model.root(),
                root -> root.container(
                        "ietf-netconf-acm:nacm",
                        nacm -> nacm.leaf("denied-operations", access.deniedOperations() % COUNTER)
                                .leaf("denied-data-writes", access.deniedDataWrites() % COUNTER)
                                .leaf("denied-notifications", access.deniedNotifications() % COUNTER)));
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
