package io.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("ietf-interfaces", "iana-if-type"));
    private static final SchemaNode INTERFACES =
            MODEL.root().child("ietf-interfaces", "interfaces").orElseThrow();
    private static final SchemaNode INTERFACE = INTERFACES.child("interface").orElseThrow();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path top;

    @SuppressWarnings("NullAway.Init")
    private DataDirectory data;

    @BeforeEach
    void aDataFolder() throws IOException {
        data = DataDirectory.open(top.resolve("data"));
        Files.writeString(data.path().resolve("agent-id"), "agent-1");
    }

    private static Datastores open(DataDirectory directory) {
        return Datastores.open(MODEL, DatastoreConfig.in(directory.datastore()).withSnapshotAfter(500));
    }

    private static void add(Datastores datastores, int number) throws Exception {
        var name = "%06d".formatted(number);
        var path = DataPath.root(MODEL.root()).child(INTERFACES).entry(INTERFACE, ListKey.of(name));
        datastores.commit(new Edit(
                Operation.CREATE,
                path,
                TreeNode.of(
                        INTERFACE,
                        List.of(
                                new LeafNode(INTERFACE.child("name").orElseThrow(), name),
                                new LeafNode(
                                        INTERFACE.child("type").orElseThrow(),
                                        MODEL.identity("iana-if-type:tunnel").orElseThrow())))));
    }

    private static long size(Datastores datastores) {
        return datastores
                .running()
                .inner("interfaces")
                .flatMap(i -> i.list("interface"))
                .map(l -> (long) l.size())
                .orElse(0L);
    }

    private Path backup() throws IOException {
        var file = top.resolve("backup.zip");
        Backup.write(data, file);
        return file;
    }

    @Test
    void aBackupUnderEditsHoldsAllThatWasAcknowledgedBefore() throws Exception {
        try (var datastores = open(data);
                var editor = Executors.newSingleThreadExecutor()) {
            var acknowledged = new AtomicInteger();
            var editing = editor.submit(() -> {
                for (var i = 0; i < 200; i++) {
                    add(datastores, i);
                    acknowledged.set(i + 1);
                }
                return null;
            });
            for (var i = 0; !editing.isDone(); i++) {
                var before = acknowledged.get();
                var file = top.resolve("backup-" + i + ".zip");
                // When
                Backup.write(data, file);
                // Then
                var restored = top.resolve("restored-" + i);
                Backup.restore(file, restored, false);
                try (var again = open(DataDirectory.open(restored))) {
                    assertThat(size(again)).isGreaterThanOrEqualTo(before);
                }
            }
            editing.get();
        }
    }

    @Test
    void theHistoryInABackupIsThatOfOneMomentWhileItIsWritten() throws Exception {
        var url = "jdbc:sqlite:" + data.path().resolve("history.db");
        try (var writer = DriverManager.getConnection(url);
                var statement = writer.createStatement();
                var threads = Executors.newSingleThreadExecutor()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE one (n INTEGER)");
            statement.execute("CREATE TABLE other (n INTEGER)");
            writer.setAutoCommit(false);
            var begun = new CountDownLatch(50);
            var ended = new AtomicBoolean();
            var writing = threads.submit(() -> {
                for (var n = 0; !ended.get(); n++) {
                    statement.execute("INSERT INTO one VALUES (" + n + ")");
                    statement.execute("INSERT INTO other VALUES (" + n + ")");
                    writer.commit();
                    begun.countDown();
                }
                return null;
            });
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            // When
            var restored = top.resolve("restored");
            try {
                Backup.restore(backup(), restored, false);
            } finally {
                ended.set(true);
            }
            writing.get();
            // Then
            try (var files = Files.list(restored)) {
                assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("history")))
                        .containsExactly("history.db");
            }
            try (var reader = DriverManager.getConnection("jdbc:sqlite:" + restored.resolve("history.db"));
                    var query = reader.createStatement();
                    var found = query.executeQuery("SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM other),"
                            + " (SELECT * FROM pragma_integrity_check)")) {
                assertThat(found.getInt(1)).isGreaterThanOrEqualTo(50).isEqualTo(found.getInt(2));
                assertThat(found.getString(3)).isEqualTo("ok");
            }
            try (var files = Files.list(data.path())) {
                assertThat(files.map(f -> f.getFileName().toString())).noneMatch(f -> f.startsWith("backup"));
            }
        }
    }

    @Test
    void everyFileOfTheFolderComesBackForTheOwnerAlone() throws Exception {
        var restored = top.resolve("restored");
        Backup.restore(backup(), restored, false);
        assertThat(restored.resolve("agent-id")).hasContent("agent-1");
        assertThat(Files.getPosixFilePermissions(restored.resolve("agent-id"))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(top.resolve("backup.zip"))).hasSize(2);
    }

    @Test
    void aFolderInUseIsNotRestoredOver() throws Exception {
        var file = backup();
        try (var _ = open(data)) {
            assertThatThrownBy(() -> Backup.restore(file, data.path(), true))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("is in use by a running server; stop that one");
        }
    }

    @Test
    void aFolderThatIsThereIsSetAsideOnlyWhenAskedFor() throws Exception {
        var file = backup();
        Files.writeString(data.path().resolve("agent-id"), "agent-2");
        assertThatThrownBy(() -> Backup.restore(file, data.path(), false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is not empty; give --replace");
        // When
        var aside = Backup.restore(file, data.path(), true);
        // Then
        assertThat(data.path().resolve("agent-id")).hasContent("agent-1");
        assertThat(aside.resolve("agent-id")).hasContent("agent-2");
    }

    @Test
    void aBackupThatWasCutOffOrDamagedIsRefused() throws Exception {
        try (var datastores = open(data)) {
            for (var i = 0; i < 20; i++) {
                add(datastores, i);
            }
        }
        var whole = Files.readAllBytes(backup());
        var damaged = top.resolve("damaged.zip");
        for (var cut = 0; cut < whole.length; cut += 37) {
            Files.write(damaged, java.util.Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> Backup.restore(damaged, top.resolve("new"), false))
                    .isInstanceOf(CommandException.class);
        }
        assertThat(top.resolve("new")).doesNotExist();
    }

    @Test
    void whatIsNoBackupIsRefused() throws Exception {
        var file = Files.writeString(top.resolve("text"), "hello");
        assertThatThrownBy(() -> Backup.restore(file, top.resolve("new"), false))
                .hasMessageContaining(file + " is no backup, or a damaged one");
    }

    @Test
    void whatIsNoDataFolderIsNotSaved() {
        var other = Path.of("src");
        assertThatThrownBy(() -> Backup.write(DataDirectory.at(other), top.resolve("b.zip")))
                .hasMessageContaining("src is no data folder of Auspex");
    }
}
