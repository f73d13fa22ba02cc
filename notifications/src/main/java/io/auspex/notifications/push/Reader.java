package io.auspex.notifications.push;

import io.auspex.access.Principal;
import java.util.Set;

/** Who reads, as far as it decides what may be read. */
record Reader(String name, Set<String> groups, boolean recovery) {
    static Reader of(Principal principal) {
        return new Reader(principal.name(), principal.externalGroups(), principal.recovery());
    }
}
