package io.auspex.yang.data;

import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A node together with its place, for readers that have to tell where something is wrong. */
public record Placed(InnerNode node, DataPath path) {
    /** The root of a datastore. */
    public static Placed root(InnerNode root) {
        return new Placed(root, DataPath.root(root.schema()));
    }

    /** The top-level container of a module; empty when there is none, or the model has none. */
    public Optional<Placed> top(String module, String name) {
        return node.schema().child(module, name).flatMap(this::inner);
    }

    /** The container of that name. */
    public Optional<Placed> inner(String name) {
        return node.schema().child(name).flatMap(this::inner);
    }

    private Optional<Placed> inner(SchemaNode schema) {
        return node.child(schema) instanceof InnerNode inner
                ? Optional.of(new Placed(inner, path.child(schema)))
                : Optional.empty();
    }

    /** The container at the end of a way of containers. */
    public Optional<Placed> inner(String first, String... more) {
        var at = inner(first);
        for (var name : more) {
            at = at.flatMap(a -> a.inner(name));
        }
        return at;
    }

    /** The entries of the list of that name, in its order. */
    public List<Placed> entries(String list) {
        var found = new ArrayList<Placed>();
        node.list(list)
                .ifPresent(entries -> entries.forEach(e ->
                        found.add(new Placed(e, path.entry(entries.schema(), Objects.requireNonNull(e.key()))))));
        return found;
    }

    /** The values of the leaf-list of that name, in its order. */
    public List<Object> values(String leafList) {
        var found = new ArrayList<>();
        if (node.schema().child(leafList).map(node::child).orElse(null) instanceof LeafListNode values) {
            values.forEach(found::add);
        }
        return found;
    }

    public Optional<Object> value(String leaf) {
        return node.value(leaf);
    }

    /** The value of a leaf that is there, as text. */
    public String text(String leaf) {
        return node.value(leaf).orElseThrow().toString();
    }

    /** The value of a leaf, or the default of its schema (RFC 7950 §7.6.1). */
    public Object valueInUse(String leaf) {
        return node.value(leaf)
                .orElseGet(
                        () -> node.schema().child(leaf).orElseThrow().defaults().getFirst());
    }

    /** The place of a child, whether it is there or not. */
    public DataPath at(String child) {
        return path.child(node.schema().child(child).orElseThrow());
    }
}
