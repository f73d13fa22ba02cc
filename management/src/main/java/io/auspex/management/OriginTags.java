package io.auspex.management;

import io.auspex.datastore.Defaults;
import io.auspex.datastore.OperationalView;
import io.auspex.datastore.Origin;
import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells where configuration in the operational datastore comes from (RFC 8342 §5.3.4): from whichever of its sources has
 * the node, found by walking along them while the tree is written. A node says it where the node above says otherwise.
 */
final class OriginTags implements Annotations {
    private final ModelContext model;
    private final Annotations others;
    private final Sources sources;
    private final @Nullable Origin said;

    /** The sources that have the node above, by the schema node of what is asked. */
    @FunctionalInterface
    private interface Sources {
        List<OperationalView.Source> of(SchemaNode child);
    }

    private OriginTags(ModelContext model, Annotations others, Sources sources, @Nullable Origin said) {
        this.model = model;
        this.others = others;
        this.sources = sources;
        this.said = said;
    }

    /**
     * Origins of what is at and below a target.
     *
     * @param others further metadata
     */
    static Annotations at(DataPath target, OperationalView view, ModelContext model, Annotations others) {
        var above = new OriginTags(model, others, view::sources, null);
        if (target.isRoot()) {
            return above;
        }
        for (var step : target.parent().orElseThrow().steps()) {
            var sources = above.sourcesBelow(step);
            above = new OriginTags(model, others, _ -> sources, null);
        }
        return above;
    }

    private List<OperationalView.Source> sourcesBelow(DataPath step) {
        return below(step.schema(), source -> {
            var child = source.child(step.schema());
            return step.key().isPresent() && child instanceof ListNode list
                    ? list.entry(step.key().get())
                    : child;
        });
    }

    /** The counterpart of a node in one source. */
    @FunctionalInterface
    private interface Counterpart {
        @Nullable
        DataNode in(InnerNode source);
    }

    private List<OperationalView.Source> below(SchemaNode schema, Counterpart counterpart) {
        var found = new ArrayList<OperationalView.Source>();
        for (var source : sources.of(schema)) {
            if (counterpart.in(source.node()) instanceof InnerNode inner) {
                found.add(new OperationalView.Source(inner, source.origin()));
            }
        }
        return found;
    }

    private static Counterpart counterpart(DataNode node) {
        var schema = node.schema();
        if (node instanceof InnerNode entry && entry.key() != null) {
            var key = entry.key();
            return source -> source.child(schema) instanceof ListNode list ? list.entry(key) : null;
        }
        return source -> source.child(schema);
    }

    private Origin originOf(DataNode node) {
        if (Defaults.isImplied(node)) {
            return Origin.DEFAULT;
        }
        return first(node.schema(), counterpart(node));
    }

    /** A container that no source has stands there for the defaults in it. */
    private Origin first(SchemaNode schema, Counterpart counterpart) {
        for (var source : sources.of(schema)) {
            if (counterpart.in(source.node()) != null) {
                return source.origin();
            }
        }
        return Origin.DEFAULT;
    }

    private List<Annotation> tags(SchemaNode schema, Origin origin, List<Annotation> more) {
        if (!schema.config() || schema.parent().isEmpty() || origin == said) {
            return more;
        }
        var tag = model.identity(origin.identity()).map(Annotation::origin).stream();
        return Stream.concat(tag, more.stream()).toList();
    }

    @Override
    public List<Annotation> of(DataNode node) {
        return tags(node.schema(), originOf(node), others.of(node));
    }

    @Override
    public List<Annotation> ofValue(LeafListNode leafList, Object value) {
        var schema = leafList.schema();
        var origin = Defaults.isImplied(leafList)
                ? Origin.DEFAULT
                : first(
                        schema,
                        source -> source.child(schema) instanceof LeafListNode values && values.contains(value)
                                ? values
                                : null);
        return tags(schema, origin, others.ofValue(leafList, value));
    }

    @Override
    public Annotations below(InnerNode node) {
        var schema = node.schema();
        if (schema.parent().isEmpty()) {
            return this;
        }
        if (!schema.config()) {
            return others;
        }
        var inner = below(schema, counterpart(node));
        return new OriginTags(model, others, _ -> inner, originOf(node));
    }
}
