package io.auspex.access;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The users of {@code /ietf-system:system/authentication/user} in the running configuration (RFC 7317 §3.3). */
public final class RunningUsers implements UserSource {
    private final Optional<SchemaNode> system;
    private final Supplier<? extends InnerNode> running;

    /**
     * Users of a running configuration.
     *
     * @param running gives the root of the running configuration of the moment
     */
    public RunningUsers(ModelContext model, Supplier<? extends InnerNode> running) {
        this.system = model.root().child("ietf-system", "system");
        this.running = running;
    }

    @Override
    public Optional<User> user(String name) {
        return system.flatMap(
                        s -> running.get().child(s) instanceof InnerNode found ? Optional.of(found) : Optional.empty())
                .flatMap(s -> s.inner("authentication"))
                .flatMap(a -> a.list("user"))
                .flatMap(u -> Optional.ofNullable(u.entry(ListKey.of(name))))
                .map(u -> user(name, u));
    }

    private static User user(String name, InnerNode entry) {
        var hash = entry.value("password").map(v -> new Secret(v.toString())).orElse(null);
        var keys = entry.list("authorized-key").map(RunningUsers::keys).orElse(Set.of());
        return new User(name, hash, Set.of(), keys);
    }

    private static Set<Binary> keys(ListNode keys) {
        var all = new HashSet<Binary>();
        keys.forEach(k -> k.value("key-data").ifPresent(data -> all.add((Binary) data)));
        return all;
    }
}
