package io.auspex.ittests.conformance;

import io.auspex.management.Extension;

/** The rpc play of example-jukebox, which plays nothing and says that it does (RFC 8040 §3.6). */
public final class Jukebox implements Extension {
    private static final String MODULE = "example-jukebox";

    @Override
    public void start(Door door) {
        if (door.model().module(MODULE).isPresent()) {
            door.operations().rpc(MODULE, "play", (_, _) -> null);
        }
    }
}
