package io.auspex.benchmarks.netconf;

import io.auspex.benchmarks.harness.BenchmarkRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Debian's netconfd behind an sshd of its own, serving {@link Shape#PLAIN}. Needs root. */
final class Netconfd implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/sbin/netconfd");
    private static final Path SUBSYSTEM = Path.of("/usr/sbin/netconf-subsystem");
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private Netconfd(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Why it cannot run here; empty when it can. */
    static Optional<String> whyNot() {
        for (var program : List.of(SERVER, SUBSYSTEM, SSHD)) {
            if (!Files.isExecutable(program)) {
                return Optional.of(program + " is missing: install netconfd and openssh-server");
            }
        }
        return "root".equals(System.getProperty("user.name")) ? Optional.empty() : Optional.of("netconfd needs root");
    }

    /** @param target which datastore it lets clients edit, running or candidate: it knows one at a time */
    static Netconfd start(BenchmarkRun run, String target) throws IOException, InterruptedException {
        int port;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var peer = new Netconfd(run.folder("netconfd-" + target).toAbsolutePath(), port);
        try {
            peer.start(target);
            return peer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    private void start(String target) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("bench-list.yang"), Shape.PLAIN_MODULE);
        Files.createDirectories(Path.of("/run/sshd"));
        for (var key : List.of("host_key", "user_key")) {
            launch("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file(key))
                    .waitFor();
        }
        Files.writeString(folder.resolve("sshd_config"), """
                Port %1$d
                ListenAddress 127.0.0.1
                HostKey %2$s/host_key
                PidFile %2$s/sshd.pid
                AuthorizedKeysFile %2$s/user_key.pub
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                MaxStartups 100
                Subsystem netconf "%3$s --ncxserver-sockname=%1$d@%2$s/ncx.sock"
                """.formatted(port, folder, SUBSYSTEM));
        launch(SSHD.toString(), "-D", "-f", file("sshd_config"), "-E", file("sshd.log"));
        launch(
                SERVER.toString(),
                "--modpath=" + folder + ":/usr/share/yuma/modules",
                "--module=bench-list",
                "--target=" + target,
                "--no-startup",
                "--superuser=root",
                "--access-control=off",
                "--max-sessions=64",
                "--ncxserver-sockname=" + file("ncx.sock"),
                "--port=" + port,
                "--log-level=info",
                "--log=" + file("netconfd.log"));
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("netconfd does not start; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isReady() throws IOException {
        var log = folder.resolve("netconfd.log");
        if (!Files.exists(log) || !Files.readString(log).contains("Running netconfd server")) {
            return false;
        }
        try (var probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Process launch(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    int port() {
        return port;
    }

    /** The key that logs in as root. */
    KeyPair key() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("user_key"))) {
            return SecurityUtils.loadKeyPairIdentities(null, null, in, null)
                    .iterator()
                    .next();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (var process : processes.reversed()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }
}
