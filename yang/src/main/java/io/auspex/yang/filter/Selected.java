package io.auspex.yang.filter;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;

/** What becomes of the nodes that a filter selects, each with all that is below it. */
public interface Selected {
    /** They stay as they are. */
    Selected WHOLE = new Selected() {
        @Override
        public DataNode node(DataNode selected) {
            return selected;
        }

        @Override
        public InnerNode children(InnerNode parent) {
            return parent;
        }
    };

    /** A node that is selected. */
    DataNode node(DataNode selected);

    /** A node all of whose children are selected. */
    InnerNode children(InnerNode parent);
}
