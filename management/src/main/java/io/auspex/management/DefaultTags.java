package io.auspex.management;

import io.auspex.datastore.Defaults;
import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import java.util.List;

/**
 * Marks defaults, for report-all-tagged (RFC 6243 §3.4, RFC 8040 §4.8.9).
 *
 * @param byValue true to mark whatever has its default value, as in the operational datastore (RFC 8526 §3.1.1.2); false to
 *     mark what no data stands behind: the basic mode is explicit, so what somebody has set is no default
 */
record DefaultTags(boolean byValue) implements Annotations {
    private static final List<Annotation> TAG = List.of(Annotation.DEFAULT);

    @Override
    public List<Annotation> of(DataNode node) {
        return Defaults.isImplied(node) || byValue && Defaults.isDefault(node) ? TAG : List.of();
    }

    @Override
    public List<Annotation> ofValue(LeafListNode leafList, Object value) {
        return of(leafList);
    }
}
