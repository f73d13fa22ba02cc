package io.auspex.datastore;

import java.util.Locale;

/** The datastores of this server (RFC 8342 §5); there is no startup: running is the durable one. */
public enum DatastoreName {
    RUNNING,
    CANDIDATE,
    INTENDED,
    OPERATIONAL,
    FACTORY_DEFAULT;

    /** The name of its identity, in ietf-datastores but for factory-default. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
