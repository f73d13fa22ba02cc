package io.auspex.ittests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
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

/** The shipped server in a process of its own, on free ports of the loopback. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern RESTCONF = Pattern.compile("(https://\\S+/restconf)");
    private static final Pattern PLAIN = Pattern.compile("(http://\\S+/restconf)");
    private static final Pattern NETCONF = Pattern.compile("ssh://\\S+:(\\d+)");
    private static final Pattern HEALTH = Pattern.compile("(http://\\S+)/health/ready");

    private final Process process;
    private final Path dataDir;
    private final Path log;
    private final String greeting;

    private ServerProcess(Process process, Path dataDir, Path log, String greeting) {
        this.process = process;
        this.dataDir = dataDir;
        this.log = log;
        this.greeting = greeting;
    }

    /** Starts {@code auspex serve} and waits until it says that it is ready. */
    public static ServerProcess start(Path dataDir, String... more) throws Exception {
        var command = auspex("serve", "--data-dir", dataDir.toString());
        command.addAll(List.of("--set", "restconf.listen=127.0.0.1:0", "--set", "netconf.ssh-listen=127.0.0.1:0"));
        command.addAll(List.of(more));
        var log = Files.createTempFile("auspex-server", ".log");
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var greeting = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> readUntilReady(process, greeting));
        try {
            return new ServerProcess(process, dataDir, log, greeting.get(3, TimeUnit.MINUTES));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("The server did not become ready: " + Files.readString(log), e);
        }
    }

    private static List<String> auspex(String... arguments) {
        var command = new ArrayList<String>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.auspex.server.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void readUntilReady(Process process, CompletableFuture<String> greeting) {
        var said = new StringBuilder();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (line.equals("ready")) {
                    greeting.complete(said.toString());
                }
            }
        } catch (IOException e) {
            greeting.completeExceptionally(e);
        }
        greeting.completeExceptionally(new IllegalStateException("its output ended"));
    }

    /** URL of the RESTCONF root. */
    String root() {
        return said(RESTCONF);
    }

    /** URL of the RESTCONF root without TLS, where the server was told to have one. */
    public URI plainRoot() {
        return URI.create(said(PLAIN));
    }

    public int netconfPort() {
        return Integer.parseInt(said(NETCONF));
    }

    /** URL above health and metrics, where {@code health.listen} is set. */
    String health() {
        return said(HEALTH);
    }

    /** The port of NETCONF over ssh or tls. */
    public int netconfPort(String transport) {
        return Integer.parseInt(said(Pattern.compile(transport + "://\\S+:([0-9]+)")));
    }

    private String said(Pattern pattern) {
        var found = pattern.matcher(greeting);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in:\n" + greeting);
        }
        return found.group(1);
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    public String password() throws IOException {
        return Files.readString(dataDir.resolve("initial-password")).strip();
    }

    public Path certificate() {
        return dataDir.resolve("tls/server.cert.pem");
    }

    /** A curl that is set up as an orchestrator would do it. */
    public Curl curl() throws IOException {
        return new Curl(root(), "admin:" + password(), certificate());
    }

    /** A curl of another user, {@code name:password}. */
    public Curl curl(String user) {
        return new Curl(root(), user, certificate());
    }

    /** What an engineer's command prints who asks this server. */
    String ask(String... arguments) throws Exception {
        var command = auspex(arguments);
        command.addAll(List.of("--url", root(), "--data-dir", dataDir.toString()));
        var asked = new ProcessBuilder(command).redirectErrorStream(true).start();
        asked.getOutputStream().close();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Bytes of the heap that are reachable: what a collection of all garbage leaves. */
    public long heapInUse() throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var histogram = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException(histogram);
        }
        return Long.parseLong(total.group(1));
    }

    /** Ends the process at once, as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
