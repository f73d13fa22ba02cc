package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of the operational datastore at one moment (RFC 8342 §5.3): the configuration in use united with what the
 * providers serve. A provider is asked only when one of its top-level nodes is read.
 */
public final class OperationalView implements InnerNode {
    private final TreeNode running;
    private final Providers providers;
    private final Map<OperationalProvider, Optional<InnerNode>> states = new IdentityHashMap<>();

    OperationalView(TreeNode running, Providers providers) {
        this.running = running;
        this.providers = providers;
    }

    @Override
    public SchemaNode schema() {
        return running.schema();
    }

    /** What is united, and where configuration that it has comes from. */
    public record Source(InnerNode node, Origin origin) {}

    /** The roots of all that may have a top-level node, in the order in which they win. */
    public List<Source> sources(SchemaNode top) {
        var sources = new ArrayList<Source>();
        sources.add(new Source(running, Origin.INTENDED));
        for (var provider : providers.of(top)) {
            states.computeIfAbsent(provider, p -> Optional.ofNullable(p.state(running)))
                    .ifPresent(s -> sources.add(new Source(s, provider.origin())));
        }
        return sources;
    }

    @Override
    public @Nullable DataNode child(SchemaNode schema) {
        var found = new ArrayList<DataNode>();
        for (var source : sources(schema)) {
            var node = source.node().child(schema);
            if (node != null) {
                found.add(node);
            }
        }
        return Merged.of(found);
    }

    @Override
    public Iterable<DataNode> children() {
        return () -> schema().children().stream()
                .map(this::child)
                .filter(Objects::nonNull)
                .map(DataNode.class::cast)
                .iterator();
    }
}
