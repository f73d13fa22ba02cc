package io.auspex.ittests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** NETCONF clients that other people wrote, against the shipped server, which is started once and once again. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NetconfPeersIT {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private ServerProcess server;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(Files.isExecutable(OPENSSL), OPENSSL + " is missing: install openssl");
        run(
                OPENSSL.toString(),
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=client",
                "-days",
                "2",
                "-keyout",
                file("client.key"),
                "-out",
                file("client.pem"));
        server = serve();
        var curl = server.curl();
        assertThat(curl.put("/data/ietf-netconf-acm:nacm", """
                {"ietf-netconf-acm:nacm": {
                  "groups": {"group": [{"name": "admin", "user-name": ["admin"]}]},
                  "rule-list": [{"name": "admin", "group": ["admin"], "rule": [{"name": "everything", "module-name": "*",
                    "access-operations": "*", "action": "permit"}]}]}}
                """).status()).isBetween(200, 204);
        var fingerprint = run(
                        OPENSSL.toString(), "x509", "-in", file("client.pem"), "-noout", "-sha256", "-fingerprint")
                .replaceAll(".*=", "")
                .strip();
        assertThat(curl.put("/data/auspex-access:client-certificates", """
                {"auspex-access:client-certificates": {"cert-to-name": [{"id": 1, "fingerprint": "04:%s",
                  "map-type": "ietf-x509-cert-to-name:specified", "name": "admin"}]}}
                """.formatted(fingerprint))
                        .status())
                .isBetween(200, 204);
    }

    private ServerProcess serve() throws Exception {
        return ServerProcess.start(
                folder.resolve("data"),
                "--set",
                "yang.directories=" + Path.of("conformance/yang").toAbsolutePath(),
                "--set",
                "restconf.tls.client-ca=" + file("client.pem"),
                "--set",
                "netconf.tls-listen=127.0.0.1:0");
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static String run(String... command) throws Exception {
        return finished(new ProcessBuilder(command).redirectErrorStream(true).start(), "");
    }

    private static String finished(Process process, String input) throws IOException, InterruptedException {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private Process ncclient(String phase) throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), PYTHON + " is missing: install python3");
        assumeTrue(
                new ProcessBuilder(PYTHON.toString(), "-c", "import ncclient")
                                .start()
                                .waitFor()
                        == 0,
                "the Python module ncclient is missing: install python3-ncclient");
        var script = Path.of(
                NetconfPeersIT.class.getResource("/peers/netconf_session.py").toURI());
        return new ProcessBuilder(
                        PYTHON.toString(),
                        script.toString(),
                        Integer.toString(server.netconfPort("ssh")),
                        server.password(),
                        phase)
                .redirectErrorStream(true)
                .start();
    }

    @Test
    @Order(1)
    void ncclientDoesEverything() throws Exception {
        assertThat(finished(ncclient("all"), "")).endsWith("done\n");
    }

    @Test
    @Order(2)
    void aConfirmedCommitOutlivesTheServer() throws Exception {
        // Given
        server.kill();
        // When
        server = serve();
        // Then
        assertThat(finished(ncclient("confirm"), "")).endsWith("done\n");
    }

    @Test
    @Order(3)
    void aLockOverNetconfRefusesRestconf() throws Exception {
        var jukebox = "/data/example-jukebox:jukebox/library/artist=f";
        var artist = "{\"example-jukebox:artist\": [{\"name\": \"f\"}]}";
        var holder = ncclient("lock");
        try {
            var line = holder.inputReader(UTF_8).readLine();
            assertThat(line).isEqualTo("locked");
            var refused = server.curl().put(jukebox, artist);
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.body()).contains("in-use");
            try (var in = holder.getOutputStream()) {
                in.write('\n');
            }
            assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(() ->
                    assertThat(server.curl().put(jukebox, artist).status()).isEqualTo(201));
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    @Order(4)
    void opensslSpeaksOverTls() throws Exception {
        var client = new ProcessBuilder(
                        OPENSSL.toString(),
                        "s_client",
                        "-quiet",
                        "-connect",
                        "127.0.0.1:" + server.netconfPort("tls"),
                        "-cert",
                        file("client.pem"),
                        "-key",
                        file("client.key"),
                        "-CAfile",
                        server.certificate().toString(),
                        "-verify_return_error")
                .redirectErrorStream(true)
                .start();
        try (var in = client.getOutputStream();
                var out = client.inputReader(UTF_8)) {
            in.write(("<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><capabilities><capability>"
                            + "urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>"
                            + "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\"><get><filter>"
                            + "<netconf-state xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring\"><sessions/>"
                            + "</netconf-state></filter></get></rpc>]]>]]>"
                            + "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"2\"><close-session/>"
                            + "</rpc>]]>]]>")
                    .getBytes(UTF_8));
            in.flush();
            var heard = new StringBuilder();
            var buffer = new char[8192];
            for (var count = out.read(buffer); count >= 0; count = out.read(buffer)) {
                heard.append(buffer, 0, count);
            }
            assertThat(heard.toString())
                    .contains("<username>admin</username>")
                    .contains("netconf-tls")
                    .contains("message-id=\"2\"><ok/></rpc-reply>]]>]]>");
        } finally {
            client.destroyForcibly();
        }
    }
}
