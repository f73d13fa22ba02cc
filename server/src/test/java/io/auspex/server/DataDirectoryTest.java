package io.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.management.CandidateControl;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Path VERSION_1 = Path.of("src/test/resources/data-folder-1");
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("ietf-interfaces", "iana-if-type"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A folder as the first release wrote it: five interfaces, and a confirmed commit that added all but the first. */
    static void copyVersion1(Path to) throws IOException {
        try (var files = Files.walk(VERSION_1)) {
            for (var file : files.toList()) {
                var target = to.resolve(VERSION_1.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static long interfaces(Datastores datastores) {
        return datastores
                .running()
                .inner("interfaces")
                .flatMap(i -> i.list("interface"))
                .map(l -> (long) l.size())
                .orElse(0L);
    }

    @Test
    void aFolderOfVersion1IsUpgradedInPlaceWithAllThatIsInIt() throws Exception {
        copyVersion1(folder);
        // When
        var data = DataDirectory.open(folder);
        // Then
        assertThat(data.version()).isEqualTo(2);
        assertThat(folder.resolve("agent-id")).hasContent("agent-1");
        try (var datastores = Datastores.open(MODEL, DatastoreConfig.in(data.datastore()))) {
            assertThat(interfaces(datastores)).isEqualTo(5);
            // the commit that waited to be confirmed is still undone when its time is over
            try (var _ = new CandidateControl(datastores, () -> Instant.MAX, data.confirmedCommit())) {
                await().until(() -> interfaces(datastores) == 1);
            }
        }
    }

    @Test
    void anUpgradeThatWasCutShortIsDoneAgain() throws Exception {
        copyVersion1(folder);
        Files.move(folder.resolve("confirmed-commit"), folder.resolve("datastore/confirmed-commit"));
        var data = DataDirectory.open(folder);
        assertThat(data.version()).isEqualTo(2);
        assertThat(data.confirmedCommit()).exists();
    }

    @Test
    void aNewFolderHasTheNewestVersion() throws Exception {
        var data = DataDirectory.open(folder.resolve("new"));
        assertThat(data.version()).isEqualTo(DataDirectory.VERSION);
        assertThat(data.path().resolve("format")).hasContent("auspex-data 2");
    }

    @Test
    void aFolderOfANewerVersionIsRefused() throws Exception {
        Files.writeString(folder.resolve("format"), "auspex-data 3\n");
        assertThatThrownBy(() -> DataDirectory.open(folder))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(folder.resolve("format") + " says version 3, this server knows up to 2")
                .hasMessageContaining("a newer Auspex wrote the folder");
    }

    @Test
    void aFolderInUseIsRefused() throws Exception {
        var data = DataDirectory.open(folder);
        try (var _ = Datastores.open(MODEL, DatastoreConfig.in(data.datastore()))) {
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("is in use by a running server");
        }
    }
}
