package io.auspex.datastore.faults;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Edits to try crashes with: the same ones for the same seed.
 *
 * @param edits makes one that is valid whatever came before
 * @param snapshotAfter bytes of journal after which a snapshot is made
 */
public record Workload(ModelContext model, Function<Random, Edit> edits, long snapshotAfter) {
    /** The folder on the disk in memory. */
    public static final Path FOLDER = Path.of("/data");

    public Workload withoutSnapshots() {
        return new Workload(model, edits, Long.MAX_VALUE);
    }

    /** Opens the datastores on a disk. */
    public Datastores open(FileLayer files) {
        return Datastores.open(model, DatastoreConfig.in(FOLDER).with(files).withSnapshotAfter(snapshotAfter));
    }

    /** Commits until something fails; the states that were acknowledged, the first of them being the one that was found. */
    public List<TreeNode> commit(FileLayer files, long seed, int count) {
        var random = new Random(seed);
        var states = new ArrayList<TreeNode>();
        try (var datastores = open(files)) {
            states.add(datastores.running());
            for (var i = 0; i < count; i++) {
                datastores.commit(edits.apply(random));
                states.add(datastores.running());
            }
        } catch (YangException | StorageException e) {
            // the fault that was asked for
        }
        return states;
    }

    /** Running as it is found on a disk. */
    public TreeNode reopen(FileLayer files) {
        try (var datastores = open(files)) {
            return datastores.running();
        }
    }
}
