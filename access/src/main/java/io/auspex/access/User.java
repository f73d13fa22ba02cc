package io.auspex.access;

import io.auspex.yang.schema.Binary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user that this server knows.
 *
 * @param passwordHash as iana-crypt-hash has it; null for a user without password
 * @param groups reported to access control as external groups; usually none, since NACM names its users itself
 * @param keys public keys in the form of the SSH protocol
 */
public record User(String name, @Nullable Secret passwordHash, Set<String> groups, Set<Binary> keys) {
    public User {
        groups = Set.copyOf(groups);
        keys = Set.copyOf(keys);
    }
}
