package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NETCONF clients that other people wrote, against a whole server. */
@Tag("peer")
class PeersIT {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @SuppressWarnings("NullAway.Init")
    private LiveServer server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private record Outcome(int status, String text) {}

    private Outcome run(Map<String, String> environment, String input, List<String> command) throws Exception {
        var out = folder.resolve("out").toFile();
        var in = Files.writeString(folder.resolve("in"), input).toFile();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .redirectInput(input.isEmpty() ? new File("/dev/null") : in);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("%s ends; so far: %s", command.getFirst(), Files.readString(out.toPath()))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(out.toPath()));
    }

    private static void assumeProgram(Path program, String debianPackage) {
        assumeTrue(Files.isExecutable(program), program + " is missing: install " + debianPackage);
    }

    @Test
    void ncclientEditsReadsAndCalls() throws Exception {
        // Given
        assumeProgram(PYTHON, "python3");
        assumeTrue(
                run(Map.of(), "", List.of(PYTHON.toString(), "-c", "import ncclient"))
                                .status()
                        == 0,
                "the Python module ncclient is missing: install python3-ncclient");
        server = new LiveServer(SshAlgorithms.STRICT);
        // When
        var outcome = run(
                Map.of(),
                "",
                List.of(
                        PYTHON.toString(),
                        Path.of(PeersIT.class
                                        .getResource("/peers/ncclient_session.py")
                                        .toURI())
                                .toString(),
                        Integer.toString(server.port())));
        // Then
        assertThat(outcome.text()).endsWith("done\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void openSshRunsTheSubsystem() throws Exception {
        // Given
        assumeProgram(Path.of("/usr/bin/ssh"), "openssh-client");
        server = new LiveServer(SshAlgorithms.STRICT);
        var askPass = Files.writeString(folder.resolve("askpass"), "#!/bin/sh\necho right\n");
        assertThat(askPass.toFile().setExecutable(true)).isTrue();
        var input = "<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><capabilities><capability>"
                + "urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>"
                + "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"101\"><get-config><source><running/>"
                + "</source></get-config></rpc>]]>]]>"
                + "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"102\"><close-session/></rpc>]]>]]>";
        // When
        var outcome = run(
                Map.of("SSH_ASKPASS", askPass.toString(), "SSH_ASKPASS_REQUIRE", "force"),
                input,
                List.of(
                        "/usr/bin/ssh",
                        "-F",
                        "/dev/null",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                        "-p",
                        Integer.toString(server.port()),
                        "-s",
                        "alice@127.0.0.1",
                        "netconf"));
        // Then
        assertThat(outcome.text())
                .contains("<session-id>1</session-id></hello>]]>]]>")
                .contains("message-id=\"101\"><data></data></rpc-reply>]]>]]>")
                .contains("message-id=\"102\"><ok/></rpc-reply>]]>]]>");
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(folder.resolve("known_hosts"), UTF_8)).contains("ssh-ed25519");
    }

    @Test
    void sshAuditFindsNothingButAlgorithmsThatItDoesNotKnow() throws Exception {
        // Given
        assumeProgram(Path.of("/usr/bin/ssh-audit"), "ssh-audit");
        server = new LiveServer(SshAlgorithms.STRICT);
        var hostKeys = HostKeys.in(folder);
        await().until(() -> hostKeys.get().size() == 2);
        try (var listener = server.listen(hostKeys, SshAlgorithms.STRICT)) {
            // When
            var outcome = run(
                    Map.of(),
                    "",
                    List.of("/usr/bin/ssh-audit", "-n", "-p", Integer.toString(listener.port()), "127.0.0.1"));
            // Then
            assertThat(outcome.text()).contains("(key) ssh-ed25519").contains("(key) rsa-sha2-512 (3072-bit)");
            assertThat(outcome.text().lines().filter(l -> l.contains("[fail]"))).isEmpty();
            assertThat(outcome.text().lines().filter(l -> l.contains("[warn]")))
                    .allMatch(l -> l.contains("unknown algorithm"));
            // strict key exchange (A110)
            assertThat(outcome.text()).contains("kex-strict-s-v00@openssh.com");
        }
    }
}
