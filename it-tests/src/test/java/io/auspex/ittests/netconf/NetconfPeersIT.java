package io.auspex.ittests.netconf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.ittests.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
                "netconf.tls-listen=127.0.0.1:0",
                "--set",
                "netconf.ssh-profile=compatible");
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

    private String run(NetconfClient client, Op... operations) throws Exception {
        return client.run(server, folder, List.of(operations));
    }

    private void done(NetconfClient client, Op... operations) throws Exception {
        assertThat(run(client, operations)).doesNotContain("rpc-error").doesNotContain("Error:");
    }

    private void refused(NetconfClient client, String tag, Op operation) throws Exception {
        assertThat(run(client, operation)).contains("rpc-error").contains(tag);
    }

    private static String row(int id, String operation) {
        return "<row" + (operation.isEmpty() ? "" : " nc:operation=\"" + operation + "\"") + "><id>" + id
                + "</id></row>";
    }

    private boolean isThere(int row) throws Exception {
        return server.curl().get("/data/rc-test:top/row=" + row).status() == 200;
    }

    @ParameterizedTest
    @EnumSource(NetconfClient.class)
    @Order(1)
    void readsAndEdits(NetconfClient client) throws Exception {
        client.assumeThere();
        var heard = run(
                client,
                Op.edit("running", row(11, "") + row(12, "create")),
                Op.edit("running", "<row nc:operation=\"replace\"><id>11</id><text>replaced</text></row>"),
                Op.rows("running"),
                Op.row("running", 12),
                Op.edit("running", row(12, "remove") + row(13, "remove")),
                Op.edit(
                        "running",
                        "<row><id>11</id><text nc:operation=\"delete\">replaced</text></row>",
                        "default-operation",
                        "none"),
                Op.of("validate", "source", "running"),
                Op.schema("rc-test"));
        assertThat(heard)
                .doesNotContain("rpc-error")
                .contains("replaced")
                .contains("12")
                .contains("module rc-test");
        assertThat(isThere(12)).isFalse();
        refused(client, "data-exists", Op.edit("running", row(11, "create")));
        refused(client, "data-missing", Op.edit("running", row(13, "delete")));
        refused(client, "data-missing", Op.edit("running", row(13, ""), "default-operation", "none"));
        done(client, Op.edit("running", row(11, "delete")));
    }

    @ParameterizedTest
    @EnumSource(NetconfClient.class)
    @Order(1)
    void keepsToTheLockOfAnotherSessionAndKillsIt(NetconfClient client) throws Exception {
        client.assumeThere();
        NetconfClient.SSH.assumeThere();
        var lock = Op.of("lock", "target", "running");
        try (var other = NetconfClient.openSsh(server, folder)) {
            assertThat(other.rpc(lock.xml())).contains("<ok/>");
            refused(client, "lock-denied", lock);
            refused(client, "in-use", Op.edit("running", row(21, "")));
            done(client, Op.of("kill-session", "session-id", Long.toString(other.id())));
            await().until(other::isOver);
        }
        done(client, lock, Op.of("unlock", "target", "running"));
    }

    @ParameterizedTest
    @EnumSource(NetconfClient.class)
    @Order(1)
    void confirmsCancelsAndForgetsCommits(NetconfClient client) throws Exception {
        client.assumeThere();
        var commit = Op.of("commit", "confirmed", "", "confirm-timeout", "60");
        var discard = Op.of("discard-changes");
        done(
                client,
                Op.edit("candidate", row(31, "")),
                Op.of("validate", "source", "candidate"),
                commit,
                Op.of("commit"));
        assertThat(isThere(31)).isTrue();
        done(client, Op.edit("candidate", row(31, "delete")), commit, Op.of("cancel-commit"), discard);
        assertThat(isThere(31)).isTrue();
        done(
                client,
                Op.edit("candidate", row(32, "")),
                Op.of("commit", "confirmed", "", "confirm-timeout", "1", "persist", "soon"));
        await().until(() -> !isThere(32));
        done(
                client,
                discard,
                Op.edit("candidate", row(31, "delete")),
                Op.of("commit", "confirmed", "", "confirm-timeout", "60", "persist", "later"));
        refused(client, "invalid-value", Op.of("commit", "persist-id", "guess"));
        done(client, Op.of("commit", "persist-id", "later"));
        assertThat(isThere(31)).isFalse();
    }

    @Test
    @Order(1)
    void anEditOverNetconfChangesEntityTagsAndReachesListenersOfRestconf() throws Exception {
        NetconfClient.SSH.assumeThere();
        done(NetconfClient.SSH, Op.edit("running", row(51, "") + row(52, "")));
        var curl = server.curl();
        var edited = curl.get("/data/rc-test:top/row=51").etag();
        var other = curl.get("/data/rc-test:top/row=52").etag();
        var all = curl.get("/data/rc-test:top").etag();
        try (var events = curl.events("NETCONF")) {
            await().ignoreExceptions().until(() -> {
                done(NetconfClient.SSH, Op.edit("running", "<row><id>51</id><text>" + Math.random() + "</text></row>"));
                return !events.named("ietf-netconf-notifications:netconf-config-change")
                        .isEmpty();
            });
        }
        assertThat(edited)
                .isNotEmpty()
                .isNotEqualTo(curl.get("/data/rc-test:top/row=51").etag());
        assertThat(all).isNotEmpty().isNotEqualTo(curl.get("/data/rc-test:top").etag());
        assertThat(other)
                .isNotEmpty()
                .isEqualTo(curl.get("/data/rc-test:top/row=52").etag());
        done(NetconfClient.SSH, Op.edit("running", row(51, "delete") + row(52, "delete")));
    }

    @ParameterizedTest
    @EnumSource(NetconfClient.class)
    @Order(1)
    void hearsOfAnEdit(NetconfClient client) throws Exception {
        client.assumeThere();
        var edit = Op.edit("running", row(41, ""));
        assertThat(run(client, Op.subscribe(), edit, Op.rows("running").untilHeard("netconf-config-change")))
                .doesNotContain("rpc-error")
                .contains("netconf-config-change");
        done(client, Op.edit("running", row(41, "delete")));
    }

    @Test
    @Order(2)
    void ncclientDoesEverything() throws Exception {
        assertThat(finished(ncclient("all"), "")).endsWith("done\n");
    }

    /** All prolong the commit that the ncclient session left, before and after. */
    @Test
    @Order(3)
    void aConfirmedCommitOutlivesTheServer() throws Exception {
        // Given
        prolong();
        server.kill();
        // When
        server = serve();
        // Then
        prolong();
        assertThat(finished(ncclient("confirm"), "")).endsWith("done\n");
    }

    private void prolong() throws Exception {
        for (var client : NetconfClient.values()) {
            client.assumeThere();
            done(client, Op.of("commit", "confirmed", "", "confirm-timeout", "600", "persist-id", "p1"));
        }
    }

    @Test
    @Order(4)
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
}
