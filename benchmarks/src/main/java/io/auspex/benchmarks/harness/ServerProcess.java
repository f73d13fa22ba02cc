package io.auspex.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The shipped server in a process of its own, on free ports of the loopback; RESTCONF without TLS too. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern PLAIN = Pattern.compile("(http://\\S+/restconf)");
    private static final Pattern NETCONF = Pattern.compile("NETCONF +ssh://\\S+:(\\d+)");
    private static final long START_SECONDS = 120;

    private final Process process;
    private final Path dataDir;
    private final Greeting greeting;

    private record Greeting(String restconf, int netconf) {}

    private ServerProcess(Process process, Path dataDir, Greeting greeting) {
        this.process = process;
        this.dataDir = dataDir;
        this.greeting = greeting;
    }

    /**
     * Starts the server that the launcher built, and waits until it takes requests.
     *
     * @param more further arguments of {@code auspex serve}
     */
    public static ServerProcess start(Path dataDir, String... more) throws Exception {
        var process = launch(dataDir, more);
        var greeting = new CompletableFuture<Greeting>();
        Thread.ofVirtual().start(() -> readUntilReady(process, greeting));
        try {
            return new ServerProcess(process, dataDir, greeting.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.toHandle().destroyForcibly();
            throw new IllegalStateException("the server does not become ready: " + Files.readString(log(dataDir)), e);
        }
    }

    /** Starts the server and does not wait. */
    public static Process launch(Path dataDir, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("auspex.home", "."), "auspex").toString(),
                "serve",
                "--data-dir",
                dataDir.toString(),
                "--set",
                "restconf.listen=127.0.0.1:0",
                "--set",
                "restconf.plain-http-listen=127.0.0.1:0",
                "--set",
                "netconf.ssh-listen=127.0.0.1:0"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectError(log(dataDir).toFile()).start();
    }

    /** What the newest server of a folder has logged. */
    private static Path log(Path dataDir) {
        return dataDir.resolveSibling(dataDir.getFileName() + ".log");
    }

    private static void readUntilReady(Process process, CompletableFuture<Greeting> greeting) {
        var text = new StringBuilder();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                text.append(line).append('\n');
                if (line.equals("ready")) {
                    var restconf = PLAIN.matcher(text);
                    var netconf = NETCONF.matcher(text);
                    if (restconf.find() && netconf.find()) {
                        greeting.complete(new Greeting(restconf.group(1), Integer.parseInt(netconf.group(1))));
                    }
                }
            }
        } catch (IOException e) {
            greeting.completeExceptionally(e);
        }
        greeting.completeExceptionally(new IllegalStateException("its output ended: " + text));
    }

    /** URL of the RESTCONF root, plain HTTP. */
    public String restconf() {
        return greeting.restconf();
    }

    /** Port of NETCONF over SSH. */
    public int netconfPort() {
        return greeting.netconf();
    }

    /** The password of user admin. */
    public String password() throws IOException {
        return Files.readString(dataDir.resolve("initial-password")).strip();
    }

    public Path dataDir() {
        return dataDir;
    }

    /** For its CPU time. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the process at once, as {@code kill -9} does; what it printed stays readable. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
