package io.auspex.yang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards what a tree does not show: breaks a valid instance in one place and expects yanglint to refuse it. */
class ModuleConstraintTest {
    private static final Path INSTANCE = Path.of("src/test/resources/instances/assurance.json");

    @TempDir
    static Path searchPath;

    @BeforeAll
    static void copyEveryModuleOfTheClassPath() throws IOException {
        Yanglint.copyModules(searchPath);
    }

    @Test
    void theInstanceAsItStandsIsValid() throws Exception {
        // When
        String complaints = validate(Files.readString(INSTANCE));

        // Then
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "health-score": 90                      | "health-score": 101                             | Unsatisfied range
            "health-score": -1                      | "health-score": -2                              | Unsatisfied range
            , "health-score": 100                   | ``                                              | Mandatory node "health-score" instance does not exist
            "health-score-weight": 10               | "health-score-weight": 101                      | Unsatisfied range
            "contact": "noc@example.com"            | ``                                              | Mandatory node "contact" instance does not exist
            "agent-id": "agent-1"                   | "agent-id": "agent-2"                           | Invalid leafref value "s-1"
            "symptom-id": "s-1"                     | "symptom-id": "s-2"                             | Invalid leafref value "s-2"
            "id": "device/peer1", "dependency-type" | "id": "device/peer9", "dependency-type"         | Invalid leafref value "device/peer9"
            "service": "simple-tunnel", "instances" | "service": "other", "instances"                 | Invalid leafref value "other"
            "name": "example"                       | "name": "other"                                 | Invalid leafref value "other"
            "device": "peer1", "interface": "tunnel0" | "device": "peer1"                             | Mandatory node "interface" instance does not exist
            -device:parameters": { "device"         | -interface:parameters": { "interface": "e", "device" | When condition "derived-from-or-self(sain:type, 'interface-type')" not satisfied
            "type": "service-instance-type", "id": "simple-tunnel/example", "last | "type": "ietf-service-assurance-device:device-type", "id": "simple-tunnel/example", "last | When condition "derived-from-or-self(../type, 'sain:service-instance-type')" not satisfied
            "ietf-service-assurance-device:parameters": { "device": "peer1" }, | ``                   | Mandatory choice "parameter" data do not exist
            "symptom": [ | "symptom": [ { "start-date-time": "2026-11-21T09:01:00Z", "agent-id": "agent-1", "symptom-id": "s-1" }, | Unique data leaf(s) "agent-id symptom-id" not satisfied
            "user-name": "reader",                  | ``                                              | a device that is reached over SSH needs a user-name
            , "password": "not a secret"            | ``                                              | Mandatory choice "authentication" data do not exist
            "password": "not a secret"              | "password": "a", "private-key": "b"             | Data for both cases "password" and "private-key" exist
            "password": "not a secret"              | "certificate": "c"                              | Mandatory node "private-key" instance does not exist
            "period": 5                             | "period": 0                                     | Unsatisfied range
            "period": 5                             | "period": 3601                                  | Unsatisfied range
            """)
    void aBrokenInstanceIsRefused(String part, String instead, String complaint) throws Exception {
        // Given
        String instance = Files.readString(INSTANCE).replaceAll("\\s+", " ");
        assertThat(instance).contains(part);

        // When
        String complaints = validate(instance.replace(part, instead));

        // Then
        assertThat(complaints).contains(complaint);
    }

    private static String validate(String instance) throws IOException, InterruptedException {
        Path file = Files.createTempFile(searchPath, "instance", ".json");
        Files.writeString(file, instance);
        return Yanglint.run(
                        searchPath,
                        List.of(
                                "-t",
                                "data",
                                "ietf-service-assurance@2023-07-11.yang",
                                "ietf-service-assurance-device@2023-07-11.yang",
                                "ietf-service-assurance-interface@2023-07-11.yang",
                                "auspex-devices@2026-11-21.yang",
                                file.getFileName().toString()))
                .complaints();
    }
}
