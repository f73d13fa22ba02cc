package io.auspex.assuranceagent.tree;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.schema.ListKey;
import java.util.Objects;
import java.util.function.Function;

/** The state beside the entries of a configured list, made while it is read. */
public final class StateBeside extends ListView {
    private final Function<ListKey, InnerNode> state;

    /** @param state makes the state of an entry, with the keys */
    public StateBeside(ListNode configured, Function<ListKey, InnerNode> state) {
        super(configured);
        this.state = state;
    }

    @Override
    protected InnerNode shown(InnerNode configured) {
        return state.apply(Objects.requireNonNull(configured.key()));
    }
}
