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
        assertThat(packs.catalogue().types().stream().map(SubserviceType::identity))
                .containsExactlyInAnyOrder(
                        "ietf-service-assurance-device:device-type",
                        "ietf-service-assurance-interface:interface-type",
                        "ietf-service-assurance:service-instance-type");
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
    void aTypeThatAnotherPackDefinesIsRefused() throws IOException {
        // Given
        write("mine", "pack: mine\nsubservices:\n  - type: ietf-service-assurance-device:device-type\n");

        // When
        Packs packs = Packs.load(List.of(directory.resolve("mine")));

        // Then
        assertThat(packs.refused())
                .singleElement()
                .satisfies(e -> assertThat(e)
                        .hasMessage("mine: defines the subservice type ietf-service-assurance-device:device-type,"
                                + " which pack device defines"));
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
        assertThat(packs.packs()).hasSize(3);
    }

    private void write(String folder, String text) throws IOException {
        Files.createDirectory(directory.resolve(folder));
        Files.writeString(directory.resolve(folder).resolve(Packs.FILE), text);
    }
}
