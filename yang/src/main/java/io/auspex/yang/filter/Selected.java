package io.auspex.yang.filter;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;

/** What becomes of the nodes that a filter selects, each with all that is below it. */
@FunctionalInterface
public interface Selected {
    /** They stay as they are. */
    Selected WHOLE = selected -> selected;

    /** A node that is selected. */
    DataNode node(DataNode selected);

    /** A node all of whose children are selected; as it is unless said otherwise. */
    default InnerNode children(InnerNode parent) {
        return parent;
    }
}
