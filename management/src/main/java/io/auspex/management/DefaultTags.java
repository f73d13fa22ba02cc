package io.auspex.management;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import java.util.List;

/**
 * Marks the defaults that no data stands behind, for report-all-tagged (RFC 6243 §3.4, RFC 8040 §4.8.9): the basic mode is
 * explicit, so what somebody has set is no default, whatever its value.
 */
final class DefaultTags implements Annotations {
    private static final List<Annotation> TAG = List.of(Annotation.DEFAULT);

    @Override
    public List<Annotation> of(DataNode node) {
        return Defaults.isImplied(node) ? TAG : List.of();
    }

    @Override
    public List<Annotation> ofValue(LeafListNode leafList, Object value) {
        return of(leafList);
    }
}
