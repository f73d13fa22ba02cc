package io.auspex.datastore;

import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which constraints between configuration nodes a model has, and which schema nodes take part in them; made once. */
final class SchemaConstraints {
    private final Map<SchemaNode, List<Reference>> bySource = new IdentityHashMap<>();
    private final Map<SchemaNode, List<Reference>> byTarget = new IdentityHashMap<>();
    private final Map<SchemaNode, List<Reference>> byOperand = new IdentityHashMap<>();
    private final Map<SchemaNode, Set<SchemaNode>> uniqueLists = new IdentityHashMap<>();
    private final Map<SchemaNode, List<Condition>> byReached = new IdentityHashMap<>();
    private final Map<SchemaNode, List<Reference>> byDefault = new IdentityHashMap<>();
    private final Set<SchemaNode> reached = new HashSet<>();
    private final Set<SchemaNode> pointers = new HashSet<>();
    private final Set<SchemaNode> indexed = new HashSet<>();
    private final Set<SchemaNode> demanding = new HashSet<>();
    private int references;

    SchemaConstraints(ModelContext model) {
        model.root().children().forEach(this::collect);
    }

    private void collect(SchemaNode node) {
        if (!node.config()) {
            return;
        }
        if (node.isLeafLike()) {
            var types = References.leafrefs(node.type())
                    .filter(LeafrefType::requireInstance)
                    .toList();
            var indexed = types.size() == 1
                    ? Reference.of(node, types.getFirst(), references++)
                    : Optional.<Reference>empty();
            indexed.ifPresent(this::add);
            if (indexed.isEmpty() && !types.isEmpty()) {
                add(Condition.OfReference.of(node, types));
            }
            if (References.isPointer(node.type())) {
                pointers.add(node);
                index(node);
            }
        }
        for (var unique : node.uniques()) {
            for (var path : unique) {
                path.forEach(n ->
                        uniqueLists.computeIfAbsent(n, _ -> new HashSet<>()).add(node));
                index(path.getLast());
            }
        }
        if (node.mandatory()
                || node.minElements() > 0
                || node.choices().stream().anyMatch(c -> c.mandatory())) {
            for (var at = node; at.parent().isPresent(); at = at.parent().get()) {
                demanding.add(at);
            }
        }
        node.musts().forEach(m -> add(Condition.OfMust.of(node, m)));
        node.whens().forEach(w -> add(Condition.OfWhen.of(node, w)));
        node.children().forEach(this::collect);
    }

    private void add(Condition condition) {
        var nodes = new HashSet<>(condition.reach());
        nodes.add(condition.owner());
        var given = new HashSet<SchemaNode>();
        for (var at = Optional.of(condition.owner());
                at.isPresent();
                at = at.get().parent()) {
            given.add(at.get());
        }
        if (condition instanceof Condition.OfMust && Instances.isImplied(condition.owner())) {
            var holders = holders(condition.owner());
            nodes.addAll(holders);
            holders.forEach(given::remove);
            given.remove(condition.owner());
        }
        for (var node : Deciders.with(nodes, given)) {
            putReached(byReached, node, condition);
        }
    }

    /** What a node that is there by itself comes and goes with: what it stands in, up to the first that does not. */
    private static List<SchemaNode> holders(SchemaNode node) {
        var holders = new ArrayList<SchemaNode>();
        for (var at = node; Instances.isImplied(at); at = holders.getLast()) {
            var holder = at.parent().orElseThrow();
            if (holder.parent().isEmpty()) {
                break;
            }
            holders.add(holder);
        }
        return holders;
    }

    private void add(Reference reference) {
        put(bySource, reference.source(), reference);
        put(byTarget, reference.target(), reference);
        reference.operands().forEach(o -> put(byOperand, o, reference));
        index(reference.source());
        index(reference.target());
        if (!reference.target().defaults().isEmpty()) {
            var way = Instances.way(reference.apex(), reference.target());
            Deciders.with(way, Set.of()).forEach(n -> putReached(byDefault, n, reference));
        }
    }

    private <V> void putReached(Map<SchemaNode, List<V>> map, SchemaNode node, V value) {
        put(map, node, value);
        for (var at = node; at.parent().isPresent(); at = at.parent().get()) {
            reached.add(at);
        }
    }

    private void index(SchemaNode node) {
        for (var at = node; at.parent().isPresent(); at = at.parent().get()) {
            indexed.add(at);
        }
    }

    private static <V> void put(Map<SchemaNode, List<V>> map, SchemaNode node, V value) {
        map.computeIfAbsent(node, _ -> new ArrayList<>()).add(value);
    }

    List<Reference> from(SchemaNode leaf) {
        return bySource.getOrDefault(leaf, List.of());
    }

    List<Reference> to(SchemaNode leaf) {
        return byTarget.getOrDefault(leaf, List.of());
    }

    List<Reference> operandOf(SchemaNode leaf) {
        return byOperand.getOrDefault(leaf, List.of());
    }

    boolean hasConditions() {
        return !byReached.isEmpty();
    }

    /** The conditions whose value may depend on instances of a node. */
    List<Condition> reaching(SchemaNode node) {
        return byReached.getOrDefault(node, List.of());
    }

    boolean hasDefaultTargets() {
        return !byDefault.isEmpty();
    }

    /** The references that a default may hold which instances of a node bring into use or take out of it. */
    List<Reference> heldByDefault(SchemaNode node) {
        return byDefault.getOrDefault(node, List.of());
    }

    /** True when some condition or default target reaches a node or something below it. */
    boolean reached(SchemaNode node) {
        return reached.contains(node);
    }

    boolean hasOperands() {
        return !byOperand.isEmpty();
    }

    /** The lists with a unique statement that a change of this node can break. */
    Set<SchemaNode> uniqueLists(SchemaNode node) {
        return uniqueLists.getOrDefault(node, Set.of());
    }

    boolean isPointer(SchemaNode leaf) {
        return pointers.contains(leaf);
    }

    boolean hasPointers() {
        return !pointers.isEmpty();
    }

    /** True when a node or something below it is counted in the index. */
    boolean indexed(SchemaNode node) {
        return indexed.contains(node);
    }

    /** True when a container without presence has something mandatory in it, even when it is not there. */
    boolean demanding(SchemaNode node) {
        return node.kind() == NodeKind.CONTAINER && !node.presence() && demanding.contains(node);
    }
}
