package io.auspex.datastore;

import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.auspex.datastore.storage.CrashingFiles;
import io.auspex.datastore.storage.CrashingFiles.Fault;
import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DurabilityTest {
    private static final Path FOLDER = Path.of("/data");

    @BeforeAll
    static void faultsThatAreAskedForAreNotLogged() {
        ((Logger) LoggerFactory.getLogger("io.auspex.datastore")).setLevel(Level.OFF);
    }

    private static DatastoreConfig on(FileLayer files) {
        return DatastoreConfig.in(FOLDER).with(files).withSnapshotAfter(400);
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

    /** Commits until something fails; the states that were acknowledged, the first of them being empty. */
    private static List<TreeNode> commitAll(FileLayer files, long seed, int count) {
        var random = new Random(seed);
        var states = new ArrayList<TreeNode>();
        states.add(TreeNode.empty(MODEL.root()));
        try (var datastores = Datastores.open(MODEL, on(files))) {
            for (var i = 0; i < count; i++) {
                datastores.commit(anyEdit(random));
                states.add(datastores.running());
            }
        } catch (YangException | StorageException e) {
            // the fault that was asked for
        }
        return states;
    }

    private static TreeNode reopen(FileLayer files) {
        try (var datastores = Datastores.open(MODEL, on(files))) {
            return datastores.running();
        }
    }

    @Test
    void whatWasCommittedIsThereAfterARestart() {
        var files = CrashingFiles.reliable();
        var states = commitAll(files, 1, 120);
        assertThat(states).hasSize(121);
        assertThat(reopen(files)).isEqualTo(states.getLast());
    }

    @Test
    void nothingAcknowledgedIsLostByAPowerCutAtAnyStep() {
        var all = commitAll(CrashingFiles.reliable(), 2, 40);
        var counting = new CrashingFiles(Fault.ONE_ERROR, Integer.MAX_VALUE);
        commitAll(counting, 2, 40);
        for (var step = 1; step <= counting.steps(); step++) {
            var files = new CrashingFiles(Fault.POWER_CUT, step);
            var acknowledged = commitAll(files, 2, 40).size() - 1;
            for (var chance = 0; chance < 4; chance++) {
                var found = reopen(files.afterPowerCut(new Random(step * 31L + chance)));
                var next = all.subList(acknowledged, Math.min(all.size(), acknowledged + 2));
                assertThat(next).as("power cut at step %d", step).contains(found);
            }
        }
    }

    @Test
    void afterAFailureOfTheDiskNothingIsAcknowledgedAndReadersGoOn() {
        var all = commitAll(CrashingFiles.reliable(), 3, 40);
        for (var step = 5; step < 90; step++) {
            for (var fault : List.of(Fault.ONE_ERROR, Fault.FSYNC_ERROR)) {
                var files = new CrashingFiles(fault, step);
                var acknowledged = commitAll(files, 3, 40).size() - 1;
                var next = all.subList(acknowledged, Math.min(all.size(), acknowledged + 2));
                assertThat(next).as("%s at step %d", fault, step).contains(reopen(files.copy()));
            }
        }
    }

    @Test
    void aFailureOfTheDiskIsSaidAndEveryFurtherChangeRefused() throws YangException {
        var files = new CrashingFiles(Fault.FSYNC_ERROR, 30);
        var datastores = Datastores.open(MODEL, DatastoreConfig.in(FOLDER).with(files));
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

    private static Path journal(CrashingFiles files) {
        return files.list(FOLDER).stream()
                .filter(f -> f.getFileName().toString().startsWith("journal"))
                .toList()
                .getLast();
    }

    private static CrashingFiles unrotated(int commits, List<TreeNode> states) throws YangException {
        var files = CrashingFiles.reliable();
        var random = new Random(5);
        states.add(TreeNode.empty(MODEL.root()));
        try (var datastores = Datastores.open(MODEL, DatastoreConfig.in(FOLDER).with(files))) {
            for (var i = 0; i < commits; i++) {
                var before = datastores.running();
                datastores.commit(anyEdit(random));
                if (datastores.running() != before) {
                    states.add(datastores.running());
                }
            }
        }
        return files;
    }

    @Test
    void aJournalCutAtAnyByteGivesAWholePrefix() throws YangException {
        var states = new ArrayList<TreeNode>();
        var files = unrotated(12, states);
        var length = new int[1];
        files.damage(journal(files), b -> {
            length[0] = b.length;
            return b;
        });
        var reached = 0;
        for (var cut = 0; cut <= length[0]; cut++) {
            var at = cut;
            var copy = files.copy();
            copy.damage(journal(copy), b -> Arrays.copyOf(b, at));
            var found = states.indexOf(reopen(copy));
            assertThat(found).isGreaterThanOrEqualTo(reached);
            reached = found;
        }
        assertThat(reached).isEqualTo(states.size() - 1);
    }

    @Test
    void aFlippedBitIsNeverTakenForData() throws YangException {
        var states = new ArrayList<TreeNode>();
        var files = unrotated(12, states);
        var random = new Random(6);
        for (var i = 0; i < 600; i++) {
            var copy = files.copy();
            var flipped = new int[2];
            copy.damage(journal(copy), b -> {
                var at = random.nextInt(b.length);
                b[at] ^= (byte) (1 << random.nextInt(8));
                flipped[0] = at;
                flipped[1] = b.length;
                return b;
            });
            try {
                assertThat(reopen(copy)).isEqualTo(states.get(states.size() - 2));
            } catch (StorageException e) {
                assertThat(e)
                        .hasMessageContaining("is damaged: a damaged frame at byte")
                        .hasMessageContaining("backup");
            }
        }
    }

    @Test
    void aDamagedSnapshotStopsTheStart() {
        var files = CrashingFiles.reliable();
        commitAll(files, 7, 60);
        var snapshot = files.list(FOLDER).stream()
                .filter(f -> f.getFileName().toString().startsWith("running"))
                .findFirst()
                .orElseThrow();
        files.damage(snapshot, b -> {
            b[b.length / 2] ^= 1;
            return b;
        });
        assertThatThrownBy(() -> reopen(files))
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
