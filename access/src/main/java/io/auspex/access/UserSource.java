package io.auspex.access;

import java.util.Optional;

/** Where users are looked up; asked on every login, so that a change counts at once. */
@FunctionalInterface
public interface UserSource {
    Optional<User> user(String name);
}
