package io.auspex.management;

import io.auspex.access.keystore.BuiltIns;
import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.SchemaNode;
import java.util.Set;

/** The keys and trust anchors that the server has by itself, as configuration of origin system (RFC 9642 §3, RFC 9641 §3). */
public final class KeystoreState implements OperationalProvider {
    private final BuiltIns builtIns;

    public KeystoreState(BuiltIns builtIns) {
        this.builtIns = builtIns;
    }

    @Override
    public Set<SchemaNode> roots() {
        return builtIns.roots();
    }

    @Override
    public InnerNode state(InnerNode running) {
        return builtIns.state(running);
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }
}
