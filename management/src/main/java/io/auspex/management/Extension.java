package io.auspex.management;

import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.EventStreams;
import io.auspex.yang.schema.ModelContext;

/**
 * Code that gives life to further YANG modules: handlers of their rpcs and actions, state, notifications. Found by
 * {@link java.util.ServiceLoader}; the modules come from {@code yang.directories} or from {@code META-INF/yang} of its jar.
 */
public interface Extension {
    /** Called once at the start, before any request is served. */
    void start(Door door);

    /** What an extension may register and use. */
    interface Door {
        ModelContext model();

        Operations operations();

        EventStreams streams();

        /** Adds a provider of operational state. */
        void provide(OperationalProvider provider);
    }
}
