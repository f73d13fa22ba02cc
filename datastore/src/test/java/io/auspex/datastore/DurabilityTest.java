package io.auspex.datastore;

import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.auspex.datastore.faults.Crashes;
import io.auspex.datastore.faults.CrashingFiles;
import io.auspex.datastore.faults.CrashingFiles.Fault;
import io.auspex.datastore.faults.Damage;
import io.auspex.datastore.faults.Findings;
import io.auspex.datastore.faults.HangingFiles;
import io.auspex.datastore.faults.Workload;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DurabilityTest {
    private static final Workload WORKLOAD = new Workload(MODEL, DurabilityTest::anyEdit, 400);

    @BeforeAll
    static void faultsThatAreAskedForAreNotLogged() {
        ((Logger) LoggerFactory.getLogger("io.auspex.datastore")).setLevel(Level.OFF);
    }

    private static Edit anyEdit(Random random) {
        var id = random.nextInt(6);
        return switch (random.nextInt(8)) {
            case 0 ->
                edit(
                        Operation.MERGE,
                        "/item[name='n" + id + "']",
                        "{'name':'n" + id + "','size':" + random.nextInt(9) + "}");
            case 1 -> edit(Operation.REMOVE, "/item[name='n" + id + "']");
            case 2 -> edit(Operation.MERGE, "/top/row[id='" + id + "']", "{'id':" + id + "}", new Position.First());
            case 3 -> edit(Operation.REPLACE, "/top/row[id='" + id + "']", "{'id':" + id + ",'text':'ü'}");
            case 4 -> edit(Operation.REMOVE, "/top/row[id='" + id + "']");
            case 5 -> edit(Operation.MERGE, "/top/prio[.='p" + id + "']", "'p" + id + "'", new Position.First());
            case 6 -> edit(Operation.REMOVE, "/top/prio[.='p" + id + "']");
            default -> edit(Operation.MERGE, "/top/blob", "{'x':[1,{'y':" + random.nextInt() + "}]}");
        };
    }

    @Test
    void whatWasCommittedIsThereAfterARestart() {
        var files = CrashingFiles.reliable();
        var states = WORKLOAD.commit(files, 1, 120);
        assertThat(states).hasSize(121);
        assertThat(WORKLOAD.reopen(files)).isEqualTo(states.getLast());
    }

    @Test
    void referencesIntoALongListAreKnownAfterARestart() throws YangException {
        // Given
        var config = DatastoreConfig.in(Workload.FOLDER).with(CrashingFiles.reliable());
        var rows = IntStream.range(0, 9_000).mapToObj(i -> "{'id':" + i + "}").collect(Collectors.joining(","));
        try (var datastores = Datastores.open(MODEL, config)) {
            datastores.commit(edit(Operation.MERGE, "/top", "{'row':[" + rows + "],'ref':8999}"));
        }

        // When
        try (var datastores = Datastores.open(MODEL, config)) {
            // Then
            assertThatThrownBy(() -> datastores.commit(edit(Operation.REMOVE, "/top/row[id='8999']")))
                    .hasMessageContaining("/store-test:top/ref");
            assertThatThrownBy(() -> datastores.commit(edit(Operation.MERGE, "/top/ref", "9000")))
                    .hasMessageContaining("refers to '9000'");
            datastores.commit(edit(Operation.MERGE, "/top/ref", "5"), edit(Operation.REMOVE, "/top/row[id='8999']"));
        }
    }

    @Test
    void nothingAcknowledgedIsLostByAPowerCutAtAnyStep() {
        var findings = new Findings();
        new Crashes(WORKLOAD, findings, 2, 12).powerCuts(4);
        assertThat(findings.faults()).isEmpty();
        assertThat(findings.cases()).isGreaterThan(500);
    }

    @Test
    void nothingAcknowledgedIsLostByAFailureOfTheDiskAtAnyStep() {
        var findings = new Findings();
        new Crashes(WORKLOAD, findings, 3, 8).diskFaults();
        assertThat(findings.faults()).isEmpty();
        assertThat(findings.cases()).isGreaterThan(200);
    }

    @Test
    void aFailureOfTheDiskIsSaidAndEveryFurtherChangeRefused() throws YangException {
        var files = new CrashingFiles(Fault.FSYNC_ERROR, 30);
        var datastores =
                Datastores.open(MODEL, DatastoreConfig.in(Workload.FOLDER).with(files));
        var random = new Random(4);
        assertThatThrownBy(() -> {
                    for (var i = 0; i < 100; i++) {
                        datastores.commit(anyEdit(random));
                    }
                })
                .hasMessageContaining("the change is not saved: /data cannot be written")
                .hasMessageContaining("fault injected");
        var before = datastores.running();
        assertThatThrownBy(() -> datastores.commit(edit(Operation.MERGE, "/top/mtu", "77")))
                .hasMessageContaining("refused until the server is started again");
        assertThat(datastores.running()).isSameAs(before);
    }

    @Test
    void aCommitThatTheDiskDoesNotAnswerFailsAndMayTakePlaceStill() throws YangException {
        // Given
        var answer = new CountDownLatch(1);
        var config = DatastoreConfig.in(Path.of("/data"));
        var hanging = new DatastoreConfig(
                config.folder(),
                config.sync(),
                config.snapshotAfterBytes(),
                Duration.ofMillis(50),
                config.clock(),
                new HangingFiles(CrashingFiles.reliable(), answer));
        var datastores = Datastores.open(MODEL, hanging);

        // When
        var commit = edit(Operation.MERGE, "/item[name='a']", "{'name':'a'}");
        assertThatThrownBy(() -> datastores.commit(commit)).hasMessageContaining("the disk has not answered within");
        assertThat(datastores.running().isEmpty()).isTrue();
        assertThatThrownBy(() -> datastores.lock(DatastoreName.RUNNING, 1))
                .hasMessageContaining("the disk has not answered within");
        answer.countDown();

        // Then: it took place, and who waits for the newest commit need not wait any more
        await().ignoreExceptions()
                .until(() -> datastores.commit(commit).changes().changes().isEmpty());
        assertThat(datastores.running().isEmpty()).isFalse();
        datastores.lock(DatastoreName.RUNNING, 1);
        datastores.close();
    }

    @Test
    void aJournalCutAtAnyByteGivesAWholePrefix() {
        var findings = new Findings();
        var damage = new Damage(WORKLOAD, findings, 5, 1_000);
        damage.truncations();
        assertThat(findings.faults()).isEmpty();
        assertThat(findings.cases()).isGreaterThan(1_000);
    }

    @Test
    void aFlippedBitIsNeverTakenForData() {
        var findings = new Findings();
        new Damage(WORKLOAD, findings, 5, 1_000).flips(new Random(6), 600);
        assertThat(findings.faults()).isEmpty();
    }

    @Test
    void aDamagedSnapshotStopsTheStart() {
        var files = CrashingFiles.reliable();
        WORKLOAD.commit(files, 7, 60);
        var snapshot = files.list(Workload.FOLDER).stream()
                .filter(f -> f.getFileName().toString().startsWith("running"))
                .findFirst()
                .orElseThrow();
        files.damage(snapshot, b -> {
            b[b.length / 2] ^= 1;
            return b;
        });
        assertThatThrownBy(() -> WORKLOAD.reopen(files))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(snapshot.toString())
                .hasMessageContaining("is damaged");
    }

    @Test
    void twoServersCannotUseOneFolder(@TempDir Path folder) {
        try (var first = Datastores.open(MODEL, DatastoreConfig.in(folder))) {
            assertThat(first.running().isEmpty()).isTrue();
            assertThatThrownBy(() -> Datastores.open(MODEL, DatastoreConfig.in(folder)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is in use by another server");
        }
    }

    @Test
    void aFolderOfAnotherFormatIsRefused(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("format"), "auspex-datastore 99\n");
        assertThatThrownBy(() -> Datastores.open(MODEL, DatastoreConfig.in(folder)))
                .hasMessageContaining("says 'auspex-datastore 99', this server knows 'auspex-datastore 1'");
    }

    @Test
    void commitsOfManyClientsOnARealDiskSurvive(@TempDir Path folder) throws Exception {
        TreeNode last;
        try (var datastores = Datastores.open(MODEL, DatastoreConfig.in(folder).withSnapshotAfter(2_000));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < 100; i++) {
                var name = "n" + i;
                all.add(clients.submit(() -> datastores.commit(
                        edit(Operation.CREATE, "/item[name='" + name + "']", "{'name':'" + name + "'}"))));
            }
            for (var one : all) {
                one.get();
            }
            datastores.commit(edit(Operation.CREATE, "/top/row[id='1']", "{'id':1}", new Position.Last()));
            datastores.commit(
                    edit(Operation.CREATE, "/top/row[id='2']", "{'id':2}", new Position.Before(ListKey.of(1L))));
            last = datastores.running();
        }
        try (var again = Datastores.open(MODEL, DatastoreConfig.in(folder))) {
            assertThat(again.running()).isEqualTo(last);
        }
    }

    @Test
    void aThreadThatWasInterruptedStillCommits(@TempDir Path folder) throws YangException {
        try (var datastores = Datastores.open(MODEL, DatastoreConfig.in(folder))) {
            Thread.currentThread().interrupt();
            datastores.commit(edit(Operation.MERGE, "/top/mtu", "9"));
            assertThat(Thread.interrupted()).isTrue();
            datastores.commit(edit(Operation.MERGE, "/top/mtu", "10"));
        }
    }
}
