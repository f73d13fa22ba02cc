package io.auspex.server;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;

/** Checks instance data as a commit to running would, in memory; state in it is read but not checked further. */
final class ConfigurationCheck {
    private ConfigurationCheck() {}

    /**
     * Checks a document.
     *
     * @throws YangException with every fault found
     */
    static void check(ModelContext model, byte[] json) throws YangException {
        var read = new JsonReader(model, InputLimits.DEFAULT).readRoot(json);
        var configuration = TreeNode.empty(model.root());
        for (DataNode child : read.children()) {
            if (child.schema().config()) {
                configuration = configuration.with(child);
            }
        }
        try (var datastores = Datastores.open(model, DatastoreConfig.inMemory())) {
            datastores.commit(new Edit(Operation.MERGE, DataPath.root(model.root()), configuration));
        }
    }
}
