package io.auspex.yang.data;

import java.util.Iterator;

/** All values of one leaf-list. */
public non-sealed interface LeafListNode extends DataNode, Iterable<Object> {
    boolean contains(Object value);

    /** The values: in user order where ordered-by is user, else sorted. */
    @Override
    Iterator<Object> iterator();

    /** How many values there are; -1 when that is not known without reading them. */
    int size();
}
