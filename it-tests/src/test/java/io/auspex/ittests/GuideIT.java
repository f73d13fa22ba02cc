package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides, word by word: every command is run, and what it prints has the lines that the guide shows. */
class GuideIT {
    private static final Path TOP = top();

    @TempDir
    private Path folder;

    private static Path top() {
        var at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("auspex"))) {
            at = at.getParent();
        }
        return java.util.Objects.requireNonNull(at, "no folder above has the launcher");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-service", "rpc-handler", "secure-the-server", "server-configuration"})
    void everyCommandDoesWhatTheGuideSays(String guide) throws Exception {
        assumeThat(freePort(8443)).as("port 8443 is taken").isTrue();
        takeTheApplicationOfThisBuild();
        run(Guide.read(TOP.resolve("docs/guide/" + guide + ".md")));
    }

    @Test
    void writeAPack() throws Exception {
        takeTheApplicationOfThisBuild();
        run(Guide.read(TOP.resolve("docs/guide/write-a-pack.md")));
    }

    /** The launcher would build what this very build has just built. */
    private static void takeTheApplicationOfThisBuild() throws IOException {
        var app = TOP.resolve("server/target/app");
        assumeThat(Files.isDirectory(app.resolve("lib")))
                .as("the application is not packaged: run mvn verify")
                .isTrue();
        Files.writeString(app.resolve(".built"), "");
    }

    private static boolean freePort(int port) {
        try (var socket = new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    /** Commands for a terminal of their own run beside the others, which share one shell. */
    private void run(Guide guide) throws Exception {
        Files.createSymbolicLink(folder.resolve("auspex"), TOP.resolve("auspex"));
        var beside = new ArrayList<Process>();
        var shell = bash("beside-none");
        try {
            for (var step : guide.steps()) {
                if (step.info().startsWith("terminal=")) {
                    beside.add(startBeside(step));
                } else {
                    var printed = output(shell, step.commands());
                    assertThat(step.expected())
                            .as(step.commands())
                            .allSatisfy(line -> assertThat(printed).contains(line));
                }
            }
        } finally {
            shell.destroy();
            beside.forEach(p -> p.descendants().forEach(ProcessHandle::destroy));
            for (var process : beside) {
                process.destroy();
                process.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    private Process bash(String log) throws IOException {
        var builder = new ProcessBuilder("bash", "-e")
                .directory(folder.toFile())
                .redirectError(folder.resolve(log + ".err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private Process startBeside(Guide.Step step) throws Exception {
        var log = folder.resolve(step.info() + ".out");
        var process = new ProcessBuilder("bash", "-ec", "exec " + step.commands())
                .directory(folder.toFile())
                .redirectOutput(log.toFile())
                .redirectError(folder.resolve(step.info() + ".err").toFile())
                .start();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(10))
                .untilAsserted(() -> {
                    assertThat(process.isAlive())
                            .as(() -> read(folder.resolve(step.info() + ".err")))
                            .isTrue();
                    assertThat(log).content().containsPattern("curl|(?m)^ready$");
                });
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Runs commands in a shell that stays; returns what they print. */
    private String output(Process shell, String commands) throws IOException {
        var mark = "----- step done";
        shell.getOutputStream().write((commands + "\necho\necho '" + mark + "'\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        var printed = new StringBuilder();
        var reader = shell.inputReader(StandardCharsets.UTF_8);
        for (var line = reader.readLine(); !mark.equals(line); line = reader.readLine()) {
            assertThat(line)
                    .as(() -> commands + "\nended the shell:\n" + printed + read(folder.resolve("beside-none.err")))
                    .isNotNull();
            printed.append(line).append('\n');
        }
        return printed.toString();
    }
}
