package io.auspex.server;

import io.auspex.access.FirstConfiguration;
import io.auspex.access.InitialPassword;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the server configures by itself while running does not: user admin with the initial password, and access control
 * that lets admin do everything (design decision 14, ADR 3). It stands beside running, never in it; as soon as running has
 * users, or access control, of its own, these alone are in force.
 *
 * @param nodes system and nacm
 * @param passwordFile where the initial password stands
 */
record SystemConfiguration(List<DataNode> nodes, Path passwordFile) implements UnaryOperator<InnerNode> {
    /** Reads the initial password of a data folder, or makes one at the first start. */
    static SystemConfiguration of(ModelContext model, Path dataDir) throws IOException {
        var password = InitialPassword.in(dataDir);
        var nodes = FirstConfiguration.of(model, Map.of(password.user(), password.hash()), Set.of(password.user()));
        return new SystemConfiguration(nodes, password.file());
    }

    /** The configuration in force for logins and access control, given running. */
    @Override
    public InnerNode apply(InnerNode running) {
        var whole = (TreeNode) running;
        for (var node : nodes) {
            if (!isSet(running, node)) {
                whole = whole.with(node);
            }
        }
        return whole;
    }

    private static boolean isSet(InnerNode running, DataNode node) {
        if (!(running.child(node.schema()) instanceof InnerNode own)) {
            return false;
        }
        var authentication = node.schema().child("authentication");
        return authentication.isEmpty()
                || own.inner("authentication").flatMap(a -> a.list("user")).isPresent();
    }
}
