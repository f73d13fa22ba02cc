package io.auspex.notifications.subscriptions;

import io.auspex.yang.data.InnerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The name of this server: the one in {@code /ietf-system:system}, or that of the machine. */
final class HostName implements Supplier<String> {
    private static final Path MACHINE = Path.of("/proc/sys/kernel/hostname");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private final Supplier<? extends InnerNode> running;

    /** @param running gives the root of the running configuration of the moment */
    HostName(Supplier<? extends InnerNode> running) {
        this.running = running;
    }

    @Override
    public String get() {
        return configured()
                .or(HostName::ofMachine)
                .filter(n -> NAME.matcher(n).matches())
                .orElse("localhost");
    }

    private Optional<String> configured() {
        var root = running.get();
        return root.schema()
                .child("ietf-system", "system")
                .flatMap(s -> root.child(s) instanceof InnerNode system ? system.value("hostname") : Optional.empty())
                .map(Object::toString);
    }

    private static Optional<String> ofMachine() {
        try {
            return Optional.of(Files.readString(MACHINE).strip());
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME"));
        }
    }
}
