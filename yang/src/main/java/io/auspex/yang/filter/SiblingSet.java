package io.auspex.yang.filter;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.LocationPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The children of one containment node of a subtree filter, compiled against the schema (RFC 6241 §6.2).
 *
 * @param matches what leafs must hold, all of them; a leaf of no value here never matches
 * @param selected children selected whole
 * @param contained children that go through a set of their own, one per element of the filter
 * @param all true when there is neither selection nor containment, so that every child is selected
 * @param impossible true when a content match can never hold
 */
record SiblingSet(
        List<Match> matches,
        List<SchemaNode> selected,
        Map<SchemaNode, List<SiblingSet>> contained,
        boolean all,
        boolean impossible) {
    /** A leaf or leaf-list that must hold a value (RFC 6241 §6.2.5). */
    record Match(SchemaNode leaf, Object value) {
        boolean holds(InnerNode node) {
            DataNode child = node.child(leaf);
            return switch (child) {
                case LeafNode(var _, var found) -> found.equals(value);
                case LeafListNode values -> values.contains(value);
                case null, default -> false;
            };
        }
    }

    static SiblingSet compile(SchemaNode parent, List<FilterElement> elements) {
        var matches = new ArrayList<Match>();
        var selected = new ArrayList<SchemaNode>();
        var contained = new HashMap<SchemaNode, List<SiblingSet>>();
        var all = true;
        var impossible = false;
        for (var element : elements) {
            var isMatch = element.text() != null;
            all &= isMatch;
            // no data of this server has XML attributes, so a pattern with one matches nothing (RFC 6241 §6.2.2)
            var candidates = !element.hasAttributes() ? named(parent, element) : List.<SchemaNode>of();
            if (isMatch) {
                var match = match(candidates, element);
                if (match == null) {
                    impossible = true;
                } else {
                    matches.add(match);
                }
                continue;
            }
            for (var schema : candidates) {
                if (element.children().isEmpty()) {
                    selected.add(schema);
                } else if (!schema.isLeafLike()) {
                    contained.computeIfAbsent(schema, _ -> new ArrayList<>()).add(compile(schema, element.children()));
                }
            }
        }
        return new SiblingSet(List.copyOf(matches), List.copyOf(selected), Map.copyOf(contained), all, impossible);
    }

    /** The set of the root that selects what plain location paths select. */
    static SiblingSet of(List<LocationPath> paths) {
        var selected = new ArrayList<SchemaNode>();
        var contained = new HashMap<SchemaNode, List<SiblingSet>>();
        for (var path : paths) {
            add(path.steps(), selected, contained);
        }
        return new SiblingSet(List.of(), List.copyOf(selected), Map.copyOf(contained), false, false);
    }

    private static void add(
            List<LocationPath.Step> steps, List<SchemaNode> selected, Map<SchemaNode, List<SiblingSet>> contained) {
        var step = steps.getFirst();
        if (steps.size() == 1 && step.keys().isEmpty()) {
            selected.add(step.node());
            return;
        }
        var matches = step.keys().entrySet().stream()
                .map(k -> new Match(k.getKey(), k.getValue()))
                .toList();
        var below = new ArrayList<SchemaNode>();
        var sets = new HashMap<SchemaNode, List<SiblingSet>>();
        if (steps.size() > 1) {
            add(steps.subList(1, steps.size()), below, sets);
        }
        contained
                .computeIfAbsent(step.node(), _ -> new ArrayList<>())
                .add(new SiblingSet(matches, below, sets, steps.size() == 1, false));
    }

    /** Whether the content matches hold, so that this set selects something below a node. */
    boolean holds(InnerNode node) {
        if (impossible) {
            return false;
        }
        for (var match : matches) {
            if (!match.holds(node)) {
                return false;
            }
        }
        return true;
    }

    /** The key of the only entry of a list that can match; null when any entry may. */
    @Nullable
    ListKey key(SchemaNode list) {
        var keys = list.keys();
        if (keys.isEmpty()) {
            return null;
        }
        var values = new Object[keys.size()];
        for (var match : matches) {
            if (match.leaf().isKey()) {
                values[match.leaf().index()] = match.value();
            }
        }
        for (var value : values) {
            if (value == null) {
                return null;
            }
        }
        return ListKey.of(values);
    }

    /** True when what is selected hangs on nothing but keys, so that the path of a node tells whether it is. */
    boolean isByPath() {
        return matches.stream().allMatch(m -> m.leaf().isKey())
                && contained.values().stream().flatMap(List::stream).allMatch(SiblingSet::isByPath);
    }

    /** True when something at, above or below a path may be selected, this set being that of the node of its first steps. */
    boolean touches(List<DataPath> steps, int at) {
        if (impossible) {
            return false;
        }
        if (at == steps.size()) {
            return true;
        }
        var step = steps.get(at);
        var schema = step.schema();
        if (all || selected.contains(schema) || matches.stream().anyMatch(m -> m.leaf() == schema)) {
            return true;
        }
        return contained.getOrDefault(schema, List.of()).stream()
                .anyMatch(s -> s.admits(step.key().orElse(null)) && s.touches(steps, at + 1));
    }

    /** True when the node at a path is selected with all below it, this set being that of the node of its first steps. */
    boolean selects(List<DataPath> steps, int at) {
        if (impossible || at == steps.size()) {
            return all && !impossible;
        }
        var step = steps.get(at);
        return all
                || selected.contains(step.schema())
                || contained.getOrDefault(step.schema(), List.of()).stream()
                        .anyMatch(s -> s.admits(step.key().orElse(null)) && s.selects(steps, at + 1));
    }

    private boolean admits(@Nullable ListKey key) {
        return key == null
                || matches.stream()
                        .filter(m -> m.leaf().isKey())
                        .allMatch(m -> key.value(m.leaf().index()).equals(m.value()));
    }

    private static List<SchemaNode> named(SchemaNode parent, FilterElement element) {
        var module = element.module();
        return module == null
                ? parent.childrenNamed(element.name())
                : parent.child(module, element.name()).stream().toList();
    }

    private static @Nullable Match match(List<SchemaNode> candidates, FilterElement element) {
        for (var schema : candidates) {
            if (schema.isLeafLike()) {
                try {
                    return new Match(
                            schema, schema.type().parse(Objects.requireNonNull(element.text()), element.prefixes()));
                } catch (InvalidValueException _) {
                    return null;
                }
            }
        }
        return null;
    }
}
