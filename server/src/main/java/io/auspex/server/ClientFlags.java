package io.auspex.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that talks to a running server. */
final class ClientFlags {
    @Option(names = "--url", description = "RESTCONF root (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("https://127.0.0.1:8443/restconf");

    @Option(names = "--user", description = "User name (default: ${DEFAULT-VALUE}).")
    private String user = "admin";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File with the password; by default AUSPEX_PASSWORD, else the one made at the first start.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the server, for password and certificate.")
    private Path dataDir = Path.of("data");

    @Option(names = "--certificate", paramLabel = "FILE", description = "PEM of the server's certificate.")
    private @Nullable Path certificate;

    String user() {
        return user;
    }

    RestconfClient connect() {
        var own = dataDir.resolve(ServerFiles.CERTIFICATE);
        var trusted = certificate != null ? certificate : Files.isReadable(own) ? own : null;
        return new RestconfClient(url, user, password(), trusted);
    }

    private String password() {
        var variable = System.getenv("AUSPEX_PASSWORD");
        if (passwordFile == null && variable != null) {
            return variable;
        }
        var file = passwordFile != null ? passwordFile : dataDir.resolve(ServerFiles.INITIAL_PASSWORD);
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            throw new CommandException("No password: " + file
                    + " cannot be read. Give --password-file, --data-dir, or the variable AUSPEX_PASSWORD.");
        }
    }
}
