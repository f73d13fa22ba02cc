package io.auspex.netconfserver.txid;

import io.auspex.datastore.Precondition;
import io.auspex.datastore.Versions;
import io.auspex.yang.codec.EditTree;
import io.auspex.yang.codec.Txid;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What an edit demands of the nodes that it names: that they did not change after the txids that it gives for them. */
public final class TxidConditions {
    private TxidConditions() {}

    /**
     * The conditions of a configuration, by the node that each is about.
     *
     * @param below the path of a child
     */
    public static Map<DataPath, Precondition> of(EditTree root, BiFunction<DataPath, EditTree, DataPath> below) {
        var conditions = new LinkedHashMap<DataPath, Precondition>();
        add(root, DataPath.root(root.schema()), below, conditions);
        return conditions;
    }

    private static void add(
            EditTree tree,
            DataPath path,
            BiFunction<DataPath, EditTree, DataPath> below,
            Map<DataPath, Precondition> conditions) {
        var txid = tree.txid();
        if (txid != null) {
            TxidMechanism.named(txid.mechanism())
                    .ifPresent(m -> conditions.put(path, running -> check(running, path, m, txid)));
        }
        for (var child : tree.children()) {
            add(child, below.apply(path, child), below, conditions);
        }
    }

    private static void check(TreeNode running, DataPath path, TxidMechanism mechanism, Txid txid)
            throws YangException {
        var version = Versions.nearest(running, path);
        var known = mechanism.version(txid.value());
        if (known.isEmpty() || known.getAsLong() < version || known.getAsLong() > running.version()) {
            throw new YangException(YangError.of(
                            Failure.PRECONDITION_FAILED,
                            path + " is not as the client knows it: its " + mechanism.attribute() + " is "
                                    + mechanism.text(version) + ", the client's " + shown(txid.value()))
                    .withInfo(ErrorInfo.container(
                            TxidMechanism.MODULE,
                            "txid-value-mismatch-error-info",
                            List.of(
                                    new ErrorInfo(TxidMechanism.MODULE, "mismatch-path", path),
                                    new ErrorInfo(
                                            TxidMechanism.MODULE,
                                            "mismatch-" + mechanism.attribute() + "-value",
                                            mechanism.text(version))))));
        }
    }

    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
