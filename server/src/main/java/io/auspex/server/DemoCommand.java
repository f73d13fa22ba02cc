package io.auspex.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code auspex demo}: simulated devices, a server and a fault again and again, all on loopback. */
@Command(
        name = "demo",
        description = "Runs a server with three simulated devices; one of their links fails again and again.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration LOGIN_DEADLINE = Duration.ofSeconds(60);
    private static final Duration LOGIN_CHECK = Duration.ofMillis(200);

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder to keep; by default one that is deleted at the end.")
    private @Nullable Path dataDir;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "HTTPS address (default: ${DEFAULT-VALUE}).")
    private String listen = "127.0.0.1:8443";

    @Option(
            names = "--fault-every",
            paramLabel = "SECONDS",
            description = "How often the link fails, 40 at least (default: ${DEFAULT-VALUE}).")
    private int faultEvery = 60;

    @Override
    public Integer call() throws Exception {
        if (faultEvery < 40) {
            throw new CommandException(
                    "--fault-every " + faultEvery + ": 40 seconds is the least; the link is down for 20");
        }
        var kept = dataDir != null;
        var folder = dataDir != null ? dataDir : Files.createTempDirectory("auspex-demo");
        try (var devices = DemoDevices.start();
                var server = AuspexServer.start(config(folder))) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            configure(server, folder, devices);
            var out = spec.commandLine().getOut();
            out.println(text(server, folder));
            out.flush();
            devices.failEvery(Duration.ofSeconds(faultEvery));
            server.awaitClose();
        } finally {
            if (!kept) {
                delete(folder);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Config config(Path folder) {
        var values = new EnumMap<ConfigKey, String>(ConfigKey.class);
        values.put(ConfigKey.DATA_DIR, folder.toString());
        values.put(ConfigKey.RESTCONF_LISTEN, listen);
        values.put(ConfigKey.NETCONF_SSH, "127.0.0.1:0");
        return Config.of(values);
    }

    /** Configures the server as an orchestrator would, over RESTCONF, and waits until what is printed next can be tried. */
    private void configure(AuspexServer server, Path folder, DemoDevices devices) throws IOException {
        var password =
                Files.readString(folder.resolve(ServerFiles.INITIAL_PASSWORD)).strip();
        try (var client = new RestconfClient(
                java.net.URI.create(server.restconfUrl()),
                "admin",
                password,
                folder.resolve(ServerFiles.CERTIFICATE))) {
            client.put("auspex-devices:devices", devices.configuration());
            client.put("ietf-service-assurance:subservices", DemoDevices.subservices());
            awaitSessions(client);
        }
    }

    private void awaitSessions(RestconfClient client) {
        var err = spec.commandLine().getErr();
        err.println("Logging in to the devices ...");
        err.flush();
        var deadline = Instant.now().plus(LOGIN_DEADLINE);
        while (!DemoDevices.allUp(client)) {
            if (Instant.now().isAfter(deadline)) {
                err.println("Not every device answers yet; auspex-devices:devices tells why.");
                return;
            }
            LockSupport.parkNanos(LOGIN_CHECK.toNanos());
        }
    }

    private String text(AuspexServer server, Path folder) throws IOException {
        var url = server.restconfUrl();
        var password =
                Files.readString(folder.resolve(ServerFiles.INITIAL_PASSWORD)).strip();
        var curl = "curl --cacert " + folder.resolve(ServerFiles.CERTIFICATE) + " -u admin:" + password + " ";
        var service = "ietf-service-assurance:subservices/subservice=service-instance-type,tunnel%2Feast-west";
        return """

                Auspex watches the service 'tunnel east-west' on the simulated devices peer1 and peer2.
                Within 20 seconds, and then every %d seconds, the link of peer2 fails for 20 seconds.

                  URL       %s
                  user      admin
                  password  %s

                The service and its score:
                  %s"%s/data/%s"

                Its relevant states as they begin and end:
                  %s-N -H 'Accept: text/event-stream' "%s/streams/relevant-state/json"

                Why the score is what it is:
                  %s-X POST "%s/data/%s/auspex-assurance:root-cause"

                Or: ./auspex explain --data-dir %s --url %s tunnel east-west
                Ctrl-C ends the demo.""".formatted(faultEvery, url, password, curl, url, service, curl, url, curl, url, service, folder, url);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
