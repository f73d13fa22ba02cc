package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/** A node that shows the children of another in its own way, made while it is read: nothing is copied. */
public abstract class InnerView implements InnerNode {
    private final InnerNode base;

    protected InnerView(InnerNode base) {
        this.base = base;
    }

    /** What is shown for a child; null when it is left out. */
    protected abstract @Nullable DataNode shown(DataNode child);

    protected final InnerNode base() {
        return base;
    }

    @Override
    public final SchemaNode schema() {
        return base.schema();
    }

    @Override
    public final @Nullable ListKey key() {
        return base.key();
    }

    @Override
    public @Nullable DataNode child(SchemaNode schema) {
        var child = base.child(schema);
        return child == null ? null : shown(child);
    }

    @Override
    public Iterable<DataNode> children() {
        return () -> new Shown<>(base.children().iterator(), this::shown);
    }
}
