package io.auspex.server;

import io.auspex.datastore.Datastores;
import io.auspex.datastore.OperationalProvider;
import io.auspex.management.Extension;
import io.auspex.management.Operations;
import io.auspex.notifications.EventStreams;
import io.auspex.yang.schema.ModelContext;

/** What extensions get of this server. */
record ExtensionDoor(ModelContext model, Operations operations, EventStreams streams, Datastores datastores)
        implements Extension.Door {
    @Override
    public void provide(OperationalProvider provider) {
        datastores.provide(provider);
    }
}
