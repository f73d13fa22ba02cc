package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Every black-box case, with the situations that it needs, against the shipped server; see docs/conformance.md. */
class ConformanceIT {
    private static final String MTU_HIDDEN = """
            {"name": "hidden", "path": "/rc-test:top/rc-test:mtu", "access-operations": "read", "action": "deny"}""";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

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

    @TestFactory
    Stream<DynamicTest> everyCasePasses() {
        var known = knownFailures();
        return Stream.of("restconf-cases.jsonl", "own-cases.jsonl")
                .flatMap(ConformanceServer::lines)
                .map(line -> JSON.readValue(line, ConformanceCase.class))
                .map(test -> DynamicTest.dynamicTest(test.toString(), () -> {
                    var faults = run(test);
                    var reason = reason(test, known);
                    Assumptions.assumeTrue(faults.isEmpty() || reason.isEmpty(), () -> test.id() + ": " + reason.get());
                    assertThat(faults).isEmpty();
                }));
    }

    /** Its metadata with it (RFC 7952, RFC 8040 §4.8.9). */
    @ParameterizedTest
    @ValueSource(strings = {"application/yang-data+json", "application/yang-data+xml"})
    void whatIsReadWithTaggedDefaultsCanBeWrittenBack(String type) throws Exception {
        server.restore();
        var top = "/restconf/data/rc-test:top";
        var tagged = top + "?content=config&with-defaults=report-all-tagged";
        var user = ConformanceServer.ADMIN;
        var read = server.http().send("GET", tagged, Map.of("Accept", type), null, user);
        assertThat(read.body()).contains("default");
        var written = server.http().send("PUT", top, Map.of("Content-Type", type), read.body(), user);
        assertThat(written.status()).as(written.body()).isEqualTo(204);
    }

    private static List<String> run(ConformanceCase test) throws Exception {
        if (test.fixture().equals("base")) {
            server.restore();
        }
        var situation = new ArrayList<AutoCloseable>();
        try {
            if (test.needs("netconf-lock-running")) {
                situation.add(NetconfSession.withRunningLocked(server.netconfPort()));
            }
            if (test.needs("nacm-hide-user")) {
                situation.add(server.guestsHave(MTU_HIDDEN));
            }
            var guest = test.needs("nacm-readonly-user") || test.needs("nacm-hide-user");
            var user = guest ? ConformanceServer.GUEST : ConformanceServer.ADMIN;
            try (var run = new CaseRun(server.http(), user, test)) {
                return run.faults();
            }
        } finally {
            for (var end : situation) {
                end.close();
            }
        }
    }

    /** Why a case is known to fail: by its id, or by a feature that it needs. */
    private static Optional<String> reason(ConformanceCase test, Map<String, String> known) {
        return Stream.concat(Stream.of(test.id()), test.requires().stream())
                .filter(known::containsKey)
                .map(known::get)
                .findFirst();
    }

    /** The reasons, each by the id or feature at the start of its line. */
    private static Map<String, String> knownFailures() {
        return ConformanceServer.lines("known-failures.txt")
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    }
}
