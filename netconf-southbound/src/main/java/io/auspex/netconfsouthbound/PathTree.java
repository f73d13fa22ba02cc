package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfsouthbound.MetricPath.Key;
import io.auspex.netconfsouthbound.MetricPath.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several paths with their common beginnings merged: what a filter asks for and a reply is matched against. */
final class PathTree {
    /** One level; the root has no step. */
    static final class Node {
        final Map<Step, Node> children = new LinkedHashMap<>();

        @Nullable
        MetricPath leaf;

        private @Nullable Map<Name, Named> byName;

        /** Whether what is looked for is the element itself or what is inside it, and not both. */
        boolean isLeafOrContainer() {
            return leaf == null || children.isEmpty();
        }

        /** The children of that name; null where there are none. The tree must not change any more. */
        @Nullable
        Named named(String namespace, String name) {
            var index = byName;
            if (index == null) {
                index = new HashMap<>();
                for (var child : children.entrySet()) {
                    var step = child.getKey();
                    index.computeIfAbsent(new Name(step.namespace(), step.name()), _ -> new Named())
                            .add(new Child(step, child.getValue()));
                }
                byName = index;
            }
            return index.get(new Name(namespace, name));
        }
    }

    /** A node and the step that leads to it. */
    record Child(Step step, Node node) {}

    private record Name(String namespace, String name) {}

    /** The children of one name: those without keys, and the entries of a list by their first key. */
    static final class Named {
        private final List<Child> plain = new ArrayList<>(1);
        private final Map<Key, List<Child>> byKey = new HashMap<>();
        private final Set<Name> keyNames = new LinkedHashSet<>();

        private void add(Child child) {
            if (child.step().keys().isEmpty()) {
                plain.add(child);
            } else {
                var key = child.step().keys().getFirst();
                keyNames.add(new Name(key.namespace(), key.name()));
                byKey.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(child);
            }
        }

        /** The one node that can be read without its element as a whole, since it has no keys; null where there is none. */
        @Nullable
        Node only() {
            return byKey.isEmpty() && plain.getFirst().node().isLeafOrContainer()
                    ? plain.getFirst().node()
                    : null;
        }

        /** Those that an element may be, as far as first keys tell. */
        List<Child> candidates(XmlElement element) {
            if (byKey.isEmpty()) {
                return plain;
            }
            var found = new ArrayList<>(plain);
            for (var name : keyNames) {
                element.child(name.namespace(), name.name())
                        .map(XmlElement::text)
                        .ifPresent(text -> {
                            found.addAll(byKey.getOrDefault(new Key(name.namespace(), name.name(), text), List.of()));
                            if (!text.strip().equals(text)) {
                                found.addAll(byKey.getOrDefault(
                                        new Key(name.namespace(), name.name(), text.strip()), List.of()));
                            }
                        });
            }
            return found;
        }
    }

    private PathTree() {}

    /** The root over all paths. */
    static Node of(Collection<MetricPath> paths) {
        var root = new Node();
        for (var path : paths) {
            var node = root;
            for (var step : path.steps()) {
                node = node.children.computeIfAbsent(step, _ -> new Node());
            }
            node.leaf = path;
        }
        return root;
    }
}
