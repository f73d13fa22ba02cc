package io.auspex.history;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution's PostgreSQL with a cluster of its own, on a free port of the loopback. */
final class PostgresPeer implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    private final Path bin;
    private final Path data;
    private final int port;

    private PostgresPeer(Path bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    /** Why it cannot be started here; empty where it can. */
    static Optional<String> whyNot() {
        return bin().isEmpty() ? Optional.of("PostgreSQL is not installed: apt install postgresql") : Optional.empty();
    }

    private static Optional<Path> bin() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(v -> v.resolve("bin"))
                    .filter(b -> Files.isExecutable(b.resolve("initdb")))
                    .sorted()
                    .reduce((a, b) -> b);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static PostgresPeer start() throws Exception {
        Path data = Files.createTempDirectory(
                Path.of("/tmp"),
                "auspex-postgres",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PostgresPeer peer = new PostgresPeer(bin().orElseThrow(), data.resolve("cluster"), port);
        peer.run("initdb", "-D", peer.data.toString(), "-U", USER, "-A", "trust", "--no-sync");
        peer.run(
                "pg_ctl",
                "-D",
                peer.data.toString(),
                "-w",
                "-t",
                "60",
                "-l",
                data.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data + " -c fsync=off",
                "start");
        return peer;
    }

    /** Makes a database; returns its JDBC URL. */
    String database(String name) throws Exception {
        run("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER, name);
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + USER;
    }

    /** PostgreSQL refuses to run as root, so the distribution's user for it does. */
    private void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("auspex-postgres", ".out");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/tmp").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + ": " + Files.readString(log, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws Exception {
        run("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
    }
}
