package io.auspex.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.catalogue.SubserviceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksTest {
    @TempDir
    private Path directory;

    @Test
    void theBuiltInPacksLoad() {
        // When
        Packs packs = Packs.load(List.of());

        // Then
        assertThat(packs.refused()).isEmpty();
        assertThat(packs.packs()).extracting(Pack::name).containsExactlyElementsOf(Packs.builtIn());
        assertThat(packs.catalogue().types().stream().map(SubserviceType::identity))
                .contains(
                        "ietf-service-assurance-device:device-type",
                        "ietf-service-assurance-interface:interface-type",
                        "ietf-service-assurance:service-instance-type",
                        "auspex-bgp-session:bgp-session-type");
    }

    @Test
    void aBrokenPackIsRefusedAndTheOthersLoad() throws IOException {
        // Given
        write("good", "pack: good\nsubservices:\n  - type: acme:good-type\n");
        write("bad", "pack: bad\nsubservices:\n  - typ: acme:bad-type\n");

        // When
        Packs packs = Packs.load(List.of(directory));

        // Then
        assertThat(packs.catalogue().type("acme:good-type")).isPresent();
        assertThat(packs.refused())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage(directory.resolve("bad/pack.yaml") + """
                        :3:5: unknown key 'typ': did you mean 'type'?
                          - typ: acme:bad-type
                            ^"""));
    }

    @Test
    void aPackInADirectoryTakesTheTypesThatItDefinesFromTheBuiltInOnes() throws IOException {
        // Given
        write(
                "mine",
                "pack: mine\nsubservices:\n  - type: ietf-service-assurance-device:device-type\n    label: mine\n");

        // When
        Packs packs = Packs.load(List.of(directory.resolve("mine")));

        // Then
        assertThat(packs.refused()).isEmpty();
        assertThat(packs.catalogue().type("ietf-service-assurance-device:device-type"))
                .hasValueSatisfying(type -> assertThat(type.label()).isEqualTo("mine"));
        assertThat(packs.catalogue().type("ietf-service-assurance-interface:interface-type"))
                .isPresent();
    }

    @Test
    void ofTwoPacksInADirectoryThatDefineATypeTheSecondIsRefused() throws IOException {
        // Given
        write("a", "pack: a\nsubservices:\n  - type: acme:thing-type\n");
        write("b", "pack: b\nsubservices:\n  - type: acme:thing-type\n");

        // When
        Packs packs = Packs.load(List.of(directory));

        // Then
        assertThat(packs.refused())
                .singleElement()
                .satisfies(e -> assertThat(e)
                        .hasMessage("b: defines the subservice type acme:thing-type, which pack a defines"));
    }

    @Test
    void aDirectoryThatDoesNotExistIsRefused() {
        // Given
        Path missing = directory.resolve("missing");

        // When
        Packs packs = Packs.load(List.of(missing));

        // Then
        assertThat(packs.refused())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage(missing + ": is no readable directory of packs"));
        assertThat(packs.packs()).hasSameSizeAs(Packs.builtIn());
    }

    private void write(String folder, String text) throws IOException {
        Files.createDirectory(directory.resolve(folder));
        Files.writeString(directory.resolve(folder).resolve(Packs.FILE), text);
    }
}
