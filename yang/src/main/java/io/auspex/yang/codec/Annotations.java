package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import java.util.List;

/** Gives the metadata of nodes while they are written (RFC 7952). */
public interface Annotations {
    /** No metadata at all. */
    Annotations NONE = _ -> List.of();

    /** The metadata of a container, list entry, leaf or opaque node; lists and leaf-lists themselves have none. */
    List<Annotation> of(DataNode node);

    /** The metadata of one value of a leaf-list. */
    default List<Annotation> ofValue(LeafListNode leafList, Object value) {
        return List.of();
    }

    /** What gives the metadata of the nodes within a container, list entry or root; asked before they are written. */
    default Annotations below(InnerNode node) {
        return this;
    }
}
