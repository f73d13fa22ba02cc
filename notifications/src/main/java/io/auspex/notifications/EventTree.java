package io.auspex.notifications;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node above a notification: the root, or a data node that it is tied to, with its keys and nothing else
 * (RFC 7950 §7.16.2).
 */
final class EventTree implements InnerNode {
    private final SchemaNode schema;
    private final @Nullable ListKey key;
    private final InnerNode below;

    private EventTree(SchemaNode schema, @Nullable ListKey key, InnerNode below) {
        this.schema = schema;
        this.key = key;
        this.below = below;
    }

    /** The root of the tree that has this one notification. */
    static InnerNode root(@Nullable DataPath parent, InnerNode content) {
        var at = content;
        for (var path = parent; path != null; path = path.parent().orElse(null)) {
            at = new EventTree(path.schema(), path.key().orElse(null), at);
        }
        if (parent == null) {
            at = new EventTree(content.schema().parent().orElseThrow(), null, at);
        }
        return at;
    }

    @Override
    public SchemaNode schema() {
        return schema;
    }

    @Override
    public @Nullable ListKey key() {
        return key;
    }

    @Override
    public @Nullable DataNode child(SchemaNode wanted) {
        if (wanted == below.schema()) {
            return below.key() == null ? below : new OneEntry(below);
        }
        var place = schema.keys().indexOf(wanted);
        return key == null || place < 0 ? null : new LeafNode(wanted, key.value(place));
    }

    @Override
    public Iterable<DataNode> children() {
        var all = new ArrayList<DataNode>();
        for (var i = 0; key != null && i < key.size(); i++) {
            all.add(new LeafNode(schema.keys().get(i), key.value(i)));
        }
        all.add(below.key() == null ? below : new OneEntry(below));
        return all;
    }

    /** The list of one entry. */
    private record OneEntry(InnerNode only) implements ListNode {
        @Override
        public SchemaNode schema() {
            return only.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return Objects.equals(key, only.key()) ? only : null;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return List.of(only).iterator();
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
