package io.auspex.management;

import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.SchemaNode;
import java.util.HashSet;
import java.util.Set;

/** State that does not change while the server runs. */
final class StaticState implements OperationalProvider {
    private final TreeNode root;
    private final Set<SchemaNode> roots;

    /**
     * State of some top-level nodes.
     *
     * @param root the root with these nodes alone
     */
    StaticState(TreeNode root) {
        this.root = root;
        var all = new HashSet<SchemaNode>();
        root.children().forEach(c -> all.add(c.schema()));
        roots = Set.copyOf(all);
    }

    @Override
    public Set<SchemaNode> roots() {
        return roots;
    }

    @Override
    public InnerNode state(InnerNode running) {
        return root;
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public boolean feeds() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }
}
