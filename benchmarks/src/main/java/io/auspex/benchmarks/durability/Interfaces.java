package io.auspex.benchmarks.durability;

import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.datastore.faults.Workload;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** Edits of {@code ietf-interfaces} (RFC 8343), a small model that opens fast: an entry is an interface, its value the description. */
final class Interfaces {
    private static final int ENTRIES = 24;
    private static final int JOURNAL_BYTES = 700;

    private final ModelContext model = ModelLoader.loadOnly(Set.of("ietf-interfaces", "iana-if-type"));
    private final SchemaNode interfaces =
            model.root().child("ietf-interfaces", "interfaces").orElseThrow();
    private final SchemaNode entry = interfaces.child("interface").orElseThrow();
    private final SchemaNode name = entry.child("name").orElseThrow();
    private final SchemaNode type = entry.child("type").orElseThrow();
    private final SchemaNode description = entry.child("description").orElseThrow();

    ModelContext model() {
        return model;
    }

    /** Any edit of few entries, valid whatever came before. */
    Workload workload() {
        return new Workload(model, this::any, JOURNAL_BYTES);
    }

    private Edit any(Random random) {
        var key = "eth" + random.nextInt(6);
        var value = "to the other side, link number " + random.nextInt(1_000_000) + ", ü";
        return switch (random.nextInt(4)) {
            case 0 -> new Edit(Operation.REMOVE, path(key), null);
            case 1 -> new Edit(Operation.REPLACE, path(key), node(key, value));
            default -> new Edit(Operation.MERGE, path(key), node(key, value));
        };
    }

    private DataPath path(String key) {
        return DataPath.root(model.root()).child(interfaces).entry(entry, ListKey.of(key));
    }

    private TreeNode node(String key, String value) {
        return TreeNode.of(
                entry,
                List.of(
                        new LeafNode(name, key),
                        new LeafNode(type, model.identity("iana-if-type:tunnel").orElseThrow()),
                        new LeafNode(description, value)));
    }

    /** Makes one edit of a client's entries, and notes it. */
    void edit(Datastores datastores, String prefix, Ledger ledger, SplittableRandom random) throws YangException {
        var key = prefix + random.nextInt(ENTRIES);
        var remove = ledger.has(key) && random.nextInt(4) == 0;
        var value = remove ? Ledger.ABSENT : "v" + random.nextLong();
        ledger.sent(Map.of(key, value));
        datastores.commit(
                remove
                        ? new Edit(Operation.DELETE, path(key), null)
                        : new Edit(Operation.REPLACE, path(key), node(key, value)));
        ledger.acknowledged();
    }

    /** The entries of a client with their values. */
    Map<String, String> read(Datastores datastores, String prefix) {
        var found = new HashMap<String, String>();
        datastores
                .running()
                .inner("interfaces")
                .flatMap(i -> i.list("interface"))
                .ifPresent(list -> list.forEach(e -> {
                    var key = (String) e.value("name").orElseThrow();
                    if (key.startsWith(prefix)) {
                        found.put(key, (String) e.value("description").orElseThrow());
                    }
                }));
        return found;
    }
}
