package io.auspex.ittests.netconf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.ittests.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** NETCONF clients that other people wrote. */
enum NetconfClient {
    SSH("/usr/bin/ssh", "openssh-client") {
        @Override
        String run(ServerProcess server, Path folder, List<Op> operations) throws Exception {
            return piped(openSsh(server, folder), operations);
        }
    },
    OPENSSL("/usr/bin/openssl", "openssl") {
        @Override
        String run(ServerProcess server, Path folder, List<Op> operations) throws Exception {
            var command = List.of(
                    "/usr/bin/openssl",
                    "s_client",
                    "-quiet",
                    "-connect",
                    "127.0.0.1:" + server.netconfPort("tls"),
                    "-cert",
                    folder.resolve("client.pem").toString(),
                    "-key",
                    folder.resolve("client.key").toString(),
                    "-CAfile",
                    server.certificate().toString(),
                    "-verify_return_error");
            return piped(new PipedSession(command, Map.of()), operations);
        }
    },
    YANGCLI("/usr/bin/yangcli", "yangcli") {
        @Override
        String run(ServerProcess server, Path folder, List<Op> operations) throws Exception {
            var home = Files.createDirectories(folder.resolve("yangcli"));
            var module = home.resolve("rc-test.yang");
            if (Files.notExists(module)) {
                Files.copy(Path.of("conformance/yang/rc-test@2026-11-21.yang"), module);
                // its commit takes no parameters unless they are there whatever the features
                var own = Files.readString(Path.of("/usr/share/yuma/modules/yuma123/yuma123-netconf.yang"));
                var commit = own.indexOf("rpc commit {");
                Files.writeString(
                        home.resolve("yuma123-netconf.yang"),
                        own.substring(0, commit) + own.substring(commit).replace("if-feature confirmed-commit;", ""));
            }
            var lines = new ArrayList<>(List.of("mgrload rc-test"));
            for (var operation : operations) {
                var command = operation.command(content -> write(home, content));
                lines.addAll(Collections.nCopies(operation.awaited().isEmpty() ? 1 : YANGCLI_LOOKS, command));
            }
            lines.add("close-session");
            var script = Files.write(home.resolve("script"), lines);
            var out = home.resolve("out");
            var builder = new ProcessBuilder(
                            "/usr/bin/yangcli",
                            "--server=127.0.0.1",
                            "--ncport=" + server.netconfPort("ssh"),
                            "--user=admin",
                            "--password=" + server.password(),
                            "--batch-mode",
                            "--modpath=" + home + ":/usr/share/yuma/modules",
                            "--run-script=" + script)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile());
            builder.environment().put("HOME", home.toString());
            var process = builder.start();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("yangcli does not end: " + Files.readString(out));
                }
            } finally {
                process.destroyForcibly();
            }
            var said = Files.readString(out);
            return said.substring(said.indexOf("Load module 'rc-test' OK"));
        }
    };

    /** How often yangcli does what is to be heard of: a batch of it can neither wait nor look at what it heard. */
    private static final int YANGCLI_LOOKS = 200;

    private final Path program;
    private final String debianPackage;

    NetconfClient(String program, String debianPackage) {
        this.program = Path.of(program);
        this.debianPackage = debianPackage;
    }

    /**
     * Does operations in a session of their own, in order, up to one that is refused.
     *
     * @return all that the client heard
     */
    abstract String run(ServerProcess server, Path folder, List<Op> operations) throws Exception;

    void assumeThere() {
        assumeTrue(Files.isExecutable(program), program + " is missing: install " + debianPackage);
    }

    private static String write(Path folder, String content) {
        try {
            return Files.writeString(Files.createTempFile(folder, "content", ".xml"), content)
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session of plain {@code ssh -s netconf}. */
    static PipedSession openSsh(ServerProcess server, Path folder) throws Exception {
        return openSsh(server, folder, server.netconfPort("ssh"));
    }

    /** As {@link #openSsh(ServerProcess, Path)}, at another port of this machine that leads to the server. */
    static PipedSession openSsh(ServerProcess server, Path folder, int port) throws Exception {
        var askPass = folder.resolve("askpass");
        Files.writeString(askPass, "#!/bin/sh\necho " + server.password() + "\n");
        askPass.toFile().setExecutable(true);
        var command = List.of(
                "/usr/bin/ssh",
                "-F",
                "/dev/null",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "-p",
                Integer.toString(port),
                "-s",
                "admin@127.0.0.1",
                "netconf");
        return new PipedSession(command, Map.of("SSH_ASKPASS", askPass.toString(), "SSH_ASKPASS_REQUIRE", "force"));
    }

    private static String piped(PipedSession open, List<Op> operations) throws Exception {
        try (var session = open) {
            var said = new StringBuilder();
            for (var operation : operations) {
                var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                do {
                    said.append(session.rpc(operation.xml()));
                } while (said.indexOf(operation.awaited()) < 0 && System.nanoTime() < deadline);
                if (said.indexOf("<rpc-error>") >= 0) {
                    break;
                }
            }
            return said.append(session.rpc("<close-session/>")).toString();
        }
    }
}
