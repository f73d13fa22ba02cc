package io.auspex.ittests.netconf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.ittests.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped server, configured over NETCONF and RESTCONF by clients that other people wrote. */
@Tag("peer")
class ServerConfigurationIT {
    private static final String KEY = "/data/ietf-keystore:keystore/asymmetric-keys/asymmetric-key=own";

    @TempDir
    private Path folder;

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String finished(Process process) throws Exception {
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
        return output;
    }

    private static String ncclient(ServerProcess server, int newPort) throws Exception {
        var script = Path.of(ServerConfigurationIT.class
                .getResource("/peers/server_configuration.py")
                .toURI());
        return finished(new ProcessBuilder(
                        "/usr/bin/python3",
                        script.toString(),
                        Integer.toString(server.netconfPort("ssh")),
                        server.password(),
                        Integer.toString(newPort))
                .redirectErrorStream(true)
                .start());
    }

    @Test
    void anEndpointAddedOverNetconfOutlivesTheServer() throws Exception {
        assumeTrue(
                Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/ncclient")),
                "the Python module ncclient is missing: install python3-ncclient");
        var port = freePort();
        try (var server = ServerProcess.start(folder.resolve("data"))) {
            assertThat(ncclient(server, port)).endsWith("done\n");
            server.kill();
        }
        try (var server = ServerProcess.start(folder.resolve("data"))) {
            var hostKeys = finished(new ProcessBuilder("ssh-keyscan", "-p", "" + port, "127.0.0.1")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
            assertThat(hostKeys).contains("ssh-ed25519").doesNotContain("ssh-rsa");
            privateKeysAreForThoseWhoMayReadThem(server);
        }
    }

    /** RFC 9640: nacm:default-deny-all; nobody reads the key but by a rule, and no log has it. */
    private static void privateKeysAreForThoseWhoMayReadThem(ServerProcess server) throws Exception {
        var made = new ProcessBuilder("openssl", "genpkey", "-algorithm", "ed25519", "-outform", "DER").start();
        var octets = made.getInputStream().readAllBytes();
        var secret = Base64.getEncoder().encodeToString(octets);
        var curl = server.curl();
        assertThat(curl.put("/data/ietf-system:system", """
                {"ietf-system:system": {"authentication": {"user": [
                  {"name": "admin", "password": "$0$%s"}, {"name": "olga", "password": "$0$olga"}]}}}
                """.formatted(server.password()))
                        .status())
                .isBetween(200, 204);
        assertThat(curl.put("/data/ietf-netconf-acm:nacm", """
                {"ietf-netconf-acm:nacm": {
                  "groups": {"group": [{"name": "admin", "user-name": ["admin"]}]},
                  "rule-list": [{"name": "admin", "group": ["admin"], "rule": [{"name": "everything", "module-name": "*",
                    "access-operations": "*", "action": "permit"}]}]}}
                """).status()).isBetween(200, 204);
        // When
        assertThat(curl.put(KEY, """
                {"ietf-keystore:asymmetric-key": [{"name": "own", "cleartext-private-key": "%s",
                  "private-key-format": "ietf-crypto-types:one-asymmetric-key-format"}]}
                """.formatted(secret)).status()).isEqualTo(201);
        // Then
        var olga = server.curl("olga:olga").get(KEY);
        assertThat(olga.status()).isEqualTo(200);
        assertThat(olga.body())
                .contains("own")
                .doesNotContain("cleartext-private-key")
                .doesNotContain(secret);
        assertThat(server.curl("olga:olga").get(KEY + "/cleartext-private-key").status())
                .isEqualTo(404);
        assertThat(server.curl("olga:olga").delete(KEY).status()).isEqualTo(403);
        assertThat(curl.get(KEY).body()).contains(secret);
        var wrong = curl.put(KEY, """
                {"ietf-keystore:asymmetric-key": [{"name": "own", "cleartext-private-key": "%s",
                  "private-key-format": "ietf-crypto-types:rsa-private-key-format"}]}
                """.formatted(secret));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("no private key in ietf-crypto-types:rsa-private-key-format")
                .doesNotContain(secret);
        assertThat(server.log()).doesNotContain(secret).doesNotContain(secret.substring(20, 40));
    }
}
