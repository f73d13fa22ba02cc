package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A list that shows the entries of another in its own way, made while it is read: keyed lookups and ranges are handed down. */
public abstract class ListView implements ListNode {
    private final ListNode base;

    protected ListView(ListNode base) {
        this.base = base;
    }

    /** What is shown for an entry; null when it is left out. */
    protected abstract @Nullable InnerNode shown(InnerNode entry);

    protected final ListNode base() {
        return base;
    }

    @Override
    public final SchemaNode schema() {
        return base.schema();
    }

    @Override
    public final @Nullable InnerNode entry(ListKey key) {
        var entry = base.entry(key);
        return entry == null ? null : shown(entry);
    }

    @Override
    public Iterator<InnerNode> iterator() {
        return new Shown<>(base.iterator(), this::shown);
    }

    @Override
    public Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
        return new Shown<>(base.entries(from, backwards), this::shown);
    }

    /** Not known, unless every entry is shown. */
    @Override
    public int size() {
        return -1;
    }
}
