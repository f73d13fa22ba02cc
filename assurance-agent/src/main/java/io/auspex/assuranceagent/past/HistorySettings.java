package io.auspex.assuranceagent.past;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.OperationalProvider;
import io.auspex.history.History;
import io.auspex.history.HistoryStatistics;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The container {@code history} of auspex-assurance: how much is kept, and how the keeping goes. */
public final class HistorySettings implements CommitListener, OperationalProvider {
    private static final long DEFAULT_DAYS = 30;
    private static final long DEFAULT_ROWS = 10_000_000;

    private final SchemaNode root;
    private final SchemaNode container;
    private final SchemaNode written;
    private final SchemaNode lost;
    private final SchemaNode waiting;
    private final History history;

    public HistorySettings(SchemaNode root, SchemaNode container, History history) {
        this.root = root;
        this.container = container;
        this.written = child(container, "written");
        this.lost = child(container, "lost");
        this.waiting = child(container, "waiting");
        this.history = history;
    }

    @Override
    public void validate(ChangeSet changes) {
        // The types of the leaves say all.
    }

    @Override
    public void committed(ChangeSet changes) {
        if (changes.before().child(container) != changes.after().child(container)) {
            apply(changes.after());
        }
    }

    /** Keeps as much as running says. */
    public void apply(TreeNode running) {
        long days = DEFAULT_DAYS;
        long rows = DEFAULT_ROWS;
        if (running.child(container) instanceof InnerNode settings) {
            days = settings.value("keep-days")
                    .map(v -> ((Number) v).longValue())
                    .orElse(days);
            rows = settings.value("keep-rows")
                    .map(v -> ((Number) v).longValue())
                    .orElse(rows);
        }
        history.keep(Duration.ofDays(days), rows);
    }

    @Override
    public Set<SchemaNode> roots() {
        return Set.of(container);
    }

    @Override
    public InnerNode state(InnerNode running) {
        HistoryStatistics statistics = history.statistics();
        return StateNode.of(root, new StateNode(container, List.of(written, lost, waiting), part -> {
            long count =
                    part == written ? statistics.written() : part == lost ? statistics.lost() : statistics.waiting();
            return new LeafNode(part, count);
        }));
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }
}
