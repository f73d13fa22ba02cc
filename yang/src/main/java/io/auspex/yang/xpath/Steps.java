package io.auspex.yang.xpath;

import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.Evaluation.Focus;
import io.auspex.yang.xpath.Expr.NodeTest;
import io.auspex.yang.xpath.Expr.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Location paths (XPath 1.0 §2). */
final class Steps {
    private final Evaluation evaluation;
    private final Tree tree;
    private final KeyLookup keys;

    Steps(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.tree = evaluation.tree();
        this.keys = new KeyLookup(evaluation);
    }

    List<XPathNode> nodes(Expr.Path path, Focus focus) {
        var found = walk(path, focus, false);
        if (found.size() > 1 && path.steps().stream().anyMatch(s -> scatters(s.axis()))) {
            found = new ArrayList<>(found);
            found.sort(XPathNode::compare);
        }
        return found;
    }

    boolean exists(Expr.Path path, Focus focus) {
        return !walk(path, focus, true).isEmpty();
    }

    /** True of axes after which the nodes found are not in document order, or not once only. */
    private static boolean scatters(Axis axis) {
        return switch (axis) {
            case CHILD, SELF, ATTRIBUTE, NAMESPACE -> false;
            case DESCENDANT,
                    PARENT,
                    ANCESTOR,
                    FOLLOWING_SIBLING,
                    PRECEDING_SIBLING,
                    FOLLOWING,
                    PRECEDING,
                    DESCENDANT_OR_SELF,
                    ANCESTOR_OR_SELF -> true;
        };
    }

    private List<XPathNode> walk(Expr.Path path, Focus focus, boolean oneIsEnough) {
        List<XPathNode> nodes;
        if (path.start() != null) {
            nodes = evaluation.nodes(path.start(), focus);
        } else {
            nodes = List.of(path.absolute() ? rootOf(focus.node()) : focus.node());
        }
        var last = path.steps().size() - 1;
        for (var i = 0; i <= last && !nodes.isEmpty(); i++) {
            nodes = step(path.steps().get(i), nodes, oneIsEnough && i == last);
        }
        return nodes;
    }

    private static XPathNode rootOf(XPathNode node) {
        var at = node;
        for (var up = at.up(); up != null; up = at.up()) {
            at = up;
        }
        return at;
    }

    private List<XPathNode> step(Step step, List<XPathNode> from, boolean oneIsEnough) {
        if (from.size() == 1) {
            return filter(axis(step, from.getFirst()), step.predicates());
        }
        Collection<XPathNode> all = scatters(step.axis()) ? new LinkedHashSet<>() : new ArrayList<>();
        for (var node : from) {
            all.addAll(filter(axis(step, node), step.predicates()));
            if (oneIsEnough && !all.isEmpty()) {
                break;
            }
        }
        return all instanceof List<XPathNode> list ? list : new ArrayList<>(all);
    }

    /** The nodes that fulfil all predicates, each of which counts positions among those that fulfil the one before. */
    List<XPathNode> filter(List<XPathNode> nodes, List<Expr> predicates) {
        var left = nodes;
        for (var predicate : predicates) {
            var numeric = Positions.isNumber(predicate);
            var kept = new ArrayList<XPathNode>();
            for (var i = 0; i < left.size(); i++) {
                var focus = new Focus(left.get(i), i + 1, left.size());
                tree.budget().spend(1);
                if (numeric ? evaluation.number(predicate, focus) == i + 1 : evaluation.truth(predicate, focus)) {
                    kept.add(left.get(i));
                }
            }
            left = kept;
        }
        return left;
    }

    /** The nodes of an axis that pass the test, in the order of the axis. */
    private List<XPathNode> axis(Step step, XPathNode node) {
        var test = step.test();
        return switch (step.axis()) {
            case CHILD -> children(step, node);
            case SELF -> passes(test, node) ? List.of(node) : List.of();
            case PARENT -> {
                var up = node.up();
                yield up != null && passes(test, up) ? List.of(up) : List.of();
            }
            case ATTRIBUTE, NAMESPACE -> List.of();
            case DESCENDANT -> passing(test, below(node, false));
            case DESCENDANT_OR_SELF -> passing(test, below(node, true));
            case ANCESTOR -> passing(test, above(node, false));
            case ANCESTOR_OR_SELF -> passing(test, above(node, true));
            case FOLLOWING_SIBLING -> passing(test, siblings(node, true));
            case PRECEDING_SIBLING -> passing(test, siblings(node, false));
            case FOLLOWING -> passing(test, beside(node, true));
            case PRECEDING -> passing(test, beside(node, false));
        };
    }

    private List<XPathNode> children(Step step, XPathNode node) {
        return switch (step.test()) {
            case NodeTest.Name name -> {
                var schema = child(node.schema(), name);
                yield schema.isEmpty()
                        ? List.of()
                        : keys.entries(node, schema.get(), step.predicates())
                                .orElseGet(() -> tree.children(node, schema.get()));
            }
            case NodeTest.TextNode _ -> node.typed() == null ? List.of() : List.of(node);
            case NodeTest.Namespace _, NodeTest.Element _, NodeTest.AnyNode _ ->
                passing(step.test(), tree.children(node));
            case NodeTest.Nothing _ -> List.of();
        };
    }

    private static Optional<SchemaNode> child(SchemaNode parent, NodeTest.Name name) {
        var child = name.namespace() == null
                ? parent.child(name.local())
                : parent.childInNamespace(name.namespace(), name.local());
        return child.isPresent() || parent.notifications().isEmpty() ? child : notification(parent, name);
    }

    /** In the tree of an event the notification stands below the node that it is tied to (RFC 8639 §2.2). */
    private static Optional<SchemaNode> notification(SchemaNode parent, NodeTest.Name name) {
        return parent.notifications().stream()
                .filter(n -> n.name().equals(name.local())
                        && (name.namespace() == null || n.namespace().equals(name.namespace())))
                .findFirst();
    }

    private static List<XPathNode> passing(NodeTest test, List<XPathNode> nodes) {
        return nodes.stream().filter(n -> passes(test, n)).toList();
    }

    private static boolean passes(NodeTest test, XPathNode node) {
        return switch (test) {
            case NodeTest.AnyNode _ -> true;
            case NodeTest.Element _ -> node.up() != null;
            case NodeTest.Namespace(var namespace) ->
                node.up() != null && node.schema().namespace().equals(namespace);
            case NodeTest.Name(var namespace, var local) ->
                node.up() != null
                        && node.schema().name().equals(local)
                        && (namespace == null || node.schema().namespace().equals(namespace));
            case NodeTest.TextNode _, NodeTest.Nothing _ -> false;
        };
    }

    /** All nodes below in document order. */
    private List<XPathNode> below(XPathNode node, boolean withSelf) {
        var all = new ArrayList<XPathNode>();
        if (withSelf) {
            all.add(node);
        }
        collect(node, all);
        return all;
    }

    private void collect(XPathNode node, List<XPathNode> all) {
        for (var child : tree.children(node)) {
            all.add(child);
            collect(child, all);
        }
    }

    /** All nodes above, the nearest first. */
    private List<XPathNode> above(XPathNode node, boolean withSelf) {
        var all = new ArrayList<XPathNode>();
        for (var at = withSelf ? node : node.up(); at != null; at = at.up()) {
            tree.budget().spend(1);
            all.add(at);
        }
        return all;
    }

    /** The siblings after this node, or those before it, the nearest first. */
    private List<XPathNode> siblings(XPathNode node, boolean after) {
        var parent = node.up();
        if (parent == null) {
            return List.of();
        }
        var all = tree.children(parent);
        var place = all.indexOf(node);
        if (place < 0) {
            return List.of();
        }
        return after
                ? all.subList(place + 1, all.size())
                : all.subList(0, place).reversed();
    }

    /** All nodes after the end of this node, or before its start without those above it, the nearest first. */
    private List<XPathNode> beside(XPathNode node, boolean after) {
        var all = new ArrayList<XPathNode>();
        for (var at = node; at != null; at = at.up()) {
            for (var sibling : siblings(at, after)) {
                all.addAll(after ? below(sibling, true) : below(sibling, true).reversed());
            }
        }
        return all;
    }
}
