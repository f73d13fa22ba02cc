package io.auspex.netconfsouthbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's netconfd behind an sshd of its own, in a temporary folder on a free port of the loopback: a real NETCONF device
 * that serves the interfaces of this machine (RFC 7223 {@code interfaces-state}). Needs root.
 */
public final class NetconfdPeer implements AutoCloseable {
    private static final Path NETCONFD = Path.of("/usr/sbin/netconfd");
    private static final Path SUBSYSTEM = Path.of("/usr/sbin/netconf-subsystem");
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(15);

    private final Path folder;
    private final int port;
    private final Process sshd;
    private @Nullable Process netconfd;

    private NetconfdPeer(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        prepare();
        this.sshd = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-f",
                        folder.resolve("sshd_config").toString(),
                        "-E",
                        folder.resolve("sshd.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Why it cannot run here; empty when it can. */
    public static Optional<String> whyNot() {
        for (var program : List.of(NETCONFD, SUBSYSTEM, SSHD)) {
            if (!Files.isExecutable(program)) {
                return Optional.of(
                        program + " is missing: install netconfd, netconfd-module-ietf-interfaces, openssh-server");
            }
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("netconfd and veth pairs need root");
        }
        return Optional.empty();
    }

    /** Starts sshd and netconfd and waits until both take sessions. */
    public static NetconfdPeer start() throws IOException, InterruptedException {
        var peer = new NetconfdPeer(Files.createTempDirectory("auspex-netconfd"), freePort());
        try {
            peer.awaitSshd();
            peer.startNetconfd();
            return peer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /** The login that the device takes. */
    public Credentials.PrivateKey credentials() throws IOException {
        return new Credentials.PrivateKey("root", new Secret(Files.readString(folder.resolve("user_key"))));
    }

    /** One line of an OpenSSH public key file. */
    public String hostKey() throws IOException {
        return Files.readString(folder.resolve("host_key.pub")).strip();
    }

    public DeviceConfig config(String name) throws IOException {
        return DeviceConfig.ssh(name, "127.0.0.1", port, credentials());
    }

    /** Starts netconfd again after {@link #killNetconfd}. */
    public void startNetconfd() throws IOException, InterruptedException {
        var socket = folder.resolve("ncx.sock");
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder.resolve("netconfd.log"));
        var builder = new ProcessBuilder(
                        NETCONFD.toString(),
                        "--module=ietf-interfaces",
                        "--no-startup",
                        "--superuser=root",
                        "--ncxserver-sockname=" + socket,
                        "--port=" + port,
                        "--access-control=off",
                        "--log-level=info",
                        "--log=" + folder.resolve("netconfd.log"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        netconfd = builder.start();
        await(() -> Files.exists(socket) && log("netconfd.log").contains("Running netconfd server"), "netconfd");
    }

    /** Ends netconfd without a word to its sessions. */
    public void killNetconfd() throws InterruptedException {
        end(netconfd);
    }

    /** Stops netconfd without ending it: its sessions stay and say nothing. */
    public void freezeNetconfd() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thawNetconfd() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** A pair of virtual interfaces, both up, that lives until it is closed. */
    public static VethPair createVeth() throws IOException, InterruptedException {
        var id = Long.toHexString(System.nanoTime() & 0xfffffff);
        var pair = new VethPair("ax" + id + "a", "ax" + id + "b");
        run("ip", "link", "add", pair.name(), "type", "veth", "peer", "name", pair.peer());
        pair.setUp(pair.name());
        pair.setUp(pair.peer());
        return pair;
    }

    /** Two interfaces that are each other's link. */
    public record VethPair(String name, String peer) implements AutoCloseable {
        public void setUp(String end) throws IOException, InterruptedException {
            run("ip", "link", "set", end, "up");
        }

        public void setDown(String end) throws IOException, InterruptedException {
            run("ip", "link", "set", end, "down");
        }

        @Override
        public void close() throws IOException, InterruptedException {
            run("ip", "link", "delete", name);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        end(netconfd);
        var sessions = new ArrayList<>(sshd.descendants().toList());
        end(sshd);
        sessions.forEach(ProcessHandle::destroyForcibly);
        deleteFolder();
    }

    private void prepare() throws IOException {
        var bin = Files.createDirectory(folder.resolve("bin"));
        var program = Files.writeString(bin.resolve("get-interface-ipv4"), "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(Path.of("/run/sshd"));
        try {
            for (var key : List.of("host_key", "user_key")) {
                run(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve(key).toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
        Files.writeString(folder.resolve("sshd_config"), """
                Port %1$d
                ListenAddress 127.0.0.1
                HostKey %2$s/host_key
                PidFile %2$s/sshd.pid
                AuthorizedKeysFile %2$s/authorized_keys
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                MaxStartups 100
                Subsystem netconf "%3$s --ncxserver-sockname=%1$d@%2$s/ncx.sock"
                """.formatted(port, folder, SUBSYSTEM), UTF_8);
    }

    private void awaitSshd() throws IOException, InterruptedException {
        await(
                () -> {
                    try (var probe = new Socket()) {
                        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                },
                "sshd");
    }

    private void await(Condition ready, String what) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!ready.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(what + " did not start: " + log("sshd.log") + log("netconfd.log"));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String log(String file) throws IOException {
        var path = folder.resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    private void signal(String name) throws IOException, InterruptedException {
        var running = netconfd;
        if (running != null) {
            run("kill", "-" + name, Long.toString(running.pid()));
        }
    }

    private static void end(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private void deleteFolder() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    Map.of("command", List.of(command), "output", output).toString());
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
