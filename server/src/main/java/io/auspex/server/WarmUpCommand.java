package io.auspex.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code auspex warm-up}: starts a server on an empty folder and stops it. The launcher lets Java watch that after a build, so
 * that further starts load classes and compiled profiles from a cache (JEP 483, 515).
 */
@Command(name = "warm-up", description = "Starts and stops a server for the cache of the launcher.", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String ANY_PORT = "127.0.0.1:0";

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("auspex-warm-up");
        try {
            var config = Config.of(new EnumMap<>(Map.of(
                    ConfigKey.DATA_DIR, folder.toString(),
                    ConfigKey.RESTCONF_LISTEN, ANY_PORT,
                    ConfigKey.NETCONF_SSH, ANY_PORT)));
            try (var server = AuspexServer.start(config)) {
                var url = URI.create(server.restconfUrl());
                var password = Files.readString(folder.resolve(ServerFiles.INITIAL_PASSWORD));
                var certificate = folder.resolve(ServerFiles.CERTIFICATE);
                try (var client = new RestconfClient(url, "admin", password.strip(), certificate)) {
                    client.get("ietf-yang-library:yang-library");
                    client.put("ietf-service-assurance:subservices", "{\"ietf-service-assurance:subservices\":{}}");
                }
            }
            return CommandLine.ExitCode.OK;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
