package io.auspex.netconfsouthbound;

import io.auspex.netconfsouthbound.MetricPath.Step;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several paths with their common beginnings merged: what a filter asks for and a reply is matched against. */
final class PathTree {
    /** One level; the root has no step. */
    static final class Node {
        final Map<Step, Node> children = new LinkedHashMap<>();

        @Nullable
        MetricPath leaf;
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
