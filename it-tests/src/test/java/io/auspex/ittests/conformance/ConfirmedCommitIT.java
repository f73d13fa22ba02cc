package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.ittests.conformance.Http.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edit over RESTCONF while a confirmed commit of a NETCONF session is pending (RFC 8040 §1.4). */
class ConfirmedCommitIT {
    private static final String TOP = "/restconf/data/rc-test:top";
    private static final Duration ROLLED_BACK = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static ConformanceServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ConformanceServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void restore() throws Exception {
        server.restore();
    }

    private static NetconfSession onTrial(String confirmed) throws Exception {
        var session = new NetconfSession(server.netconfPort(), "admin", "admin");
        session.does(
                "<edit-config><target><candidate/></target><config><top xmlns=\"urn:rc-test\"><mtu>9000</mtu></top>"
                        + "</config></edit-config>");
        session.does("<commit><confirmed/><confirm-timeout>600</confirm-timeout>" + confirmed + "</commit>");
        assertThat(mtu()).contains("9000");
        return session;
    }

    private static Answer edit() throws Exception {
        return server.http()
                .send(
                        "PUT",
                        TOP + "/low",
                        Map.of("Content-Type", "application/yang-data+json"),
                        "{\"rc-test:low\":5}",
                        ConformanceServer.ADMIN);
    }

    private static String mtu() throws Exception {
        return server.http()
                .send("GET", TOP + "/mtu", Map.of(), null, ConformanceServer.ADMIN)
                .body();
    }

    @Test
    void anEditConfirmsWhatIsPending() throws Exception {
        try (var session = onTrial("")) {
            // When
            assertThat(edit().status()).isEqualTo(201);
            // Then
            assertThat(session.asks("<cancel-commit/>")).contains("<rpc-error>");
        }
        assertThat(mtu()).contains("9000");
    }

    @Test
    void anEditIs409WhereAPersistIdIsNeededAndTheCommitStaysPending() throws Exception {
        try (var session = onTrial("<persist>secret</persist>")) {
            // When
            var refused = edit();
            // Then
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("\"error-tag\":\"in-use\"").doesNotContain("secret");
            session.does("<cancel-commit><persist-id>secret</persist-id></cancel-commit>");
        }
        assertThat(mtu()).contains("1500");
        assertThat(edit().status()).isEqualTo(201);
    }

    @Test
    void whatNobodyConfirmsEndsWithItsSessionAndEditsGoOn() throws Exception {
        // When
        onTrial("").close();
        // Then
        await().atMost(ROLLED_BACK).untilAsserted(() -> assertThat(mtu()).contains("1500"));
        assertThat(edit().status()).isEqualTo(201);
    }
}
