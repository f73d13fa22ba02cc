package io.auspex.assuranceagent.tree;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list of operational state whose entries are made while it is read; one entry by key costs one entry. */
public final class StateList implements ListNode {
    private final SchemaNode schema;
    private final Function<ListKey, @Nullable InnerNode> byKey;
    private final Iterable<InnerNode> entries;

    public StateList(SchemaNode schema, Function<ListKey, @Nullable InnerNode> byKey, Iterable<InnerNode> entries) {
        this.schema = schema;
        this.byKey = byKey;
        this.entries = entries;
    }

    /** A list whose entries are made from a stream, which must be in the order of the keys. */
    public static <T> StateList of(
            SchemaNode schema,
            Function<ListKey, @Nullable InnerNode> byKey,
            java.util.function.Supplier<Stream<T>> sorted,
            Function<T, InnerNode> entry) {
        return new StateList(schema, byKey, () -> sorted.get().map(entry).iterator());
    }

    @Override
    public SchemaNode schema() {
        return schema;
    }

    @Override
    public @Nullable InnerNode entry(ListKey key) {
        return byKey.apply(key);
    }

    @Override
    public Iterator<InnerNode> iterator() {
        return entries.iterator();
    }

    @Override
    public int size() {
        return -1;
    }

    @Override
    public String toString() {
        return schema.toString();
    }
}
