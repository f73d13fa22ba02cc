package io.auspex.access;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Hashes the clear text passwords of users in configuration that a client sends, before it is kept (RFC 7317 §4). */
public final class ClearTextPasswords {
    private final Map<SchemaNode, Boolean> leadsToPassword = new IdentityHashMap<>();

    public ClearTextPasswords(ModelContext model) {
        Optional<SchemaNode> at = Optional.of(model.root());
        leadsToPassword.put(model.root(), true);
        at = at.flatMap(r -> r.child("ietf-system", "system"));
        for (var name : new String[] {"authentication", "user", "password"}) {
            at.ifPresent(n -> leadsToPassword.put(n, true));
            at = at.flatMap(n -> n.child(name));
        }
        at.ifPresent(n -> leadsToPassword.put(n, true));
    }

    /**
     * The same data with hashes in place of clear text; costs nothing for data that can hold no password.
     *
     * @throws YangException when a clear text is no password
     */
    public DataNode hashed(DataNode data) throws YangException {
        if (!leadsToPassword.containsKey(data.schema())) {
            return data;
        }
        return switch (data) {
            case LeafNode leaf -> leaf(leaf);
            case ListNode list -> {
                var entries = new ArrayList<InnerNode>();
                for (var entry : list) {
                    entries.add((InnerNode) hashed(entry));
                }
                yield TreeList.of(list.schema(), entries);
            }
            case InnerNode inner -> {
                var children = new ArrayList<DataNode>();
                for (var child : inner.children()) {
                    children.add(hashed(child));
                }
                yield TreeNode.of(inner.schema(), children);
            }
            case LeafListNode values -> values;
            case OpaqueNode opaque -> opaque;
        };
    }

    private static LeafNode leaf(LeafNode leaf) throws YangException {
        var received = new Secret(leaf.value().toString());
        try {
            var stored = PasswordHash.stored(received);
            return stored == received ? leaf : new LeafNode(leaf.schema(), stored.reveal());
        } catch (IllegalArgumentException e) {
            throw new YangException(Failure.INVALID_VALUE, leaf.schema() + ": " + e.getMessage());
        }
    }
}
