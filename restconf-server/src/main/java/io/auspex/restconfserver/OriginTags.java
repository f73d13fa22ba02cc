package io.auspex.restconfserver;

import io.auspex.management.Defaults;
import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Optional;

/**
 * Tells where configuration in the operational datastore comes from (RFC 8342 §5.3.4, RFC 8527 §3.2.2): all of it is from
 * intended, but for defaults in use. A node has the origin of its parent where it has none of its own.
 */
final class OriginTags implements Annotations {
    private final SchemaNode target;
    private final Annotations inner;
    private final List<Annotation> intended;
    private final List<Annotation> byDefault;

    /**
     * Origins below a target.
     *
     * @param inner further metadata
     */
    OriginTags(ModelContext model, SchemaNode target, Annotations inner) {
        this.target = target;
        this.inner = inner;
        intended = origin(model, "intended");
        byDefault = origin(model, "default");
    }

    private static List<Annotation> origin(ModelContext model, String name) {
        return model.identity("ietf-origin:" + name).map(Annotation::origin).stream()
                .toList();
    }

    private List<Annotation> joined(List<Annotation> origin, List<Annotation> others) {
        return others.isEmpty()
                ? origin
                : java.util.stream.Stream.concat(origin.stream(), others.stream())
                        .toList();
    }

    private List<Annotation> originOf(SchemaNode schema, boolean implied) {
        if (!schema.config()) {
            return List.of();
        }
        var topmost = schema == target || schema.parent().equals(Optional.of(target)) && isRoot(target);
        return implied ? byDefault : topmost ? intended : List.of();
    }

    private static boolean isRoot(SchemaNode schema) {
        return schema.parent().isEmpty();
    }

    @Override
    public List<Annotation> of(DataNode node) {
        return joined(originOf(node.schema(), Defaults.isImplied(node)), inner.of(node));
    }

    @Override
    public List<Annotation> ofValue(LeafListNode leafList, Object value) {
        return joined(originOf(leafList.schema(), Defaults.isImplied(leafList)), inner.ofValue(leafList, value));
    }
}
