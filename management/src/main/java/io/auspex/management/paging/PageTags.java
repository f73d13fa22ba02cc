package io.auspex.management.paging;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The metadata of pages: remaining, next, previous and locale on the first entry of a list or value of a leaf-list
 * (draft-ietf-netconf-list-pagination §4.3).
 *
 * @param others further metadata
 */
public record PageTags(Annotations others) implements Annotations {
    @Override
    public List<Annotation> of(DataNode node) {
        return node instanceof Tagged.Entry entry ? joined(entry.tags(), others.of(entry.whole())) : others.of(node);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // state may hold a value twice
    public List<Annotation> ofValue(LeafListNode leafList, Object value) {
        var more = others.ofValue(leafList, value);
        return leafList instanceof Tagged.Values values && values.values().getFirst() == value
                ? joined(values.tags(), more)
                : more;
    }

    private static List<Annotation> joined(List<Annotation> tags, List<Annotation> more) {
        return more.isEmpty()
                ? tags
                : Stream.concat(tags.stream(), more.stream()).toList();
    }
}
