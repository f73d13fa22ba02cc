package io.auspex.yang.xpath;

import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.Must;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.When;
import io.auspex.yang.xpath.Expr.NodeTest;
import io.auspex.yang.xpath.Expr.Step;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema nodes whose instances the value of a constraint can depend on, found from its expression alone; more than it
 * depends on perhaps, never less.
 */
public final class XPathReach {
    private final SchemaNode current;
    private final Set<SchemaNode> nodes = new LinkedHashSet<>();

    private XPathReach(SchemaNode current) {
        this.current = current;
        nodes.add(current);
    }

    /** What a must constraint of a node reaches, the node itself among it. */
    public static Set<SchemaNode> of(Must must, SchemaNode owner) {
        return of(XPaths.compiled(must, owner), owner);
    }

    /** What a when condition of a node reaches, its context node among it. */
    public static Set<SchemaNode> of(When when, SchemaNode owner) {
        return of(XPaths.compiled(when, owner), when.onParent() ? owner.parent().orElseThrow() : owner);
    }

    /** What the path of a leafref reaches, the leaf itself among it. */
    public static Set<SchemaNode> of(LeafrefType leafref, SchemaNode leaf) {
        return of(XPaths.compiled(leafref, leaf).expression(), leaf);
    }

    /** What an expression reaches from its context node. */
    static Set<SchemaNode> of(XPath xpath, SchemaNode context) {
        return of(xpath.expression(), context);
    }

    private static Set<SchemaNode> of(Expr expression, SchemaNode context) {
        var reach = new XPathReach(context);
        reach.walk(expression, Set.of(context));
        return reach.nodes;
    }

    /** Adds what an expression reaches from its possible context nodes; returns the nodes that it may give. */
    private Set<SchemaNode> walk(Expr expression, Set<SchemaNode> context) {
        return switch (expression) {
            case Expr.Literal _, Expr.Number _ -> Set.of();
            case Expr.Or(var operands) -> all(operands, context);
            case Expr.And(var operands) -> all(operands, context);
            case Expr.Compare compare -> all(List.of(compare.left(), compare.right()), context);
            case Expr.Arithmetic(var first, var rest) -> {
                rest.forEach(o -> walk(o.operand(), context));
                yield walk(first, context);
            }
            case Expr.Negate(var operand) -> walk(operand, context);
            case Expr.Union(var operands) -> all(operands, context);
            case Expr.Filter(var primary, var predicates) -> {
                var found = walk(primary, context);
                predicates.forEach(p -> walk(p, found));
                yield found;
            }
            case Expr.Path(var start, var absolute, var steps) -> path(start, absolute, steps, context);
            case Expr.Call(var function, var arguments) -> call(function, arguments, context);
        };
    }

    private Set<SchemaNode> all(List<Expr> operands, Set<SchemaNode> context) {
        var found = new HashSet<SchemaNode>();
        operands.forEach(o -> found.addAll(walk(o, context)));
        return found;
    }

    private Set<SchemaNode> call(Function function, List<Expr> arguments, Set<SchemaNode> context) {
        var given = all(arguments, context);
        if (function == Function.CURRENT) {
            return Set.of(current);
        }
        if (function != Function.DEREF) {
            return Set.of();
        }
        var targets = new HashSet<SchemaNode>();
        for (var node : given) {
            if (node.isLeafLike() && node.type() instanceof LeafrefType leafref) {
                for (var at = leafref.target();
                        at.parent().isPresent();
                        at = at.parent().get()) {
                    nodes.add(at);
                }
                targets.add(leafref.target());
            } else {
                below(root(current), targets);
                nodes.addAll(targets);
            }
        }
        return targets;
    }

    private Set<SchemaNode> path(@Nullable Expr start, boolean absolute, List<Step> steps, Set<SchemaNode> context) {
        var at = start != null ? walk(start, context) : absolute ? Set.of(root(current)) : context;
        for (var step : steps) {
            var next = new LinkedHashSet<SchemaNode>();
            for (var node : at) {
                axis(step.axis(), node, next);
            }
            next.removeIf(n -> !passes(step.test(), n));
            nodes.addAll(next);
            step.predicates().forEach(p -> walk(p, next));
            at = next;
        }
        return at;
    }

    private static SchemaNode root(SchemaNode node) {
        var at = node;
        while (at.parent().isPresent()) {
            at = at.parent().get();
        }
        return at;
    }

    private static void axis(Axis axis, SchemaNode node, Set<SchemaNode> found) {
        switch (axis) {
            case CHILD -> found.addAll(node.children());
            case SELF -> found.add(node);
            case PARENT -> node.parent().ifPresent(found::add);
            case DESCENDANT -> node.children().forEach(c -> below(c, found));
            case DESCENDANT_OR_SELF -> below(node, found);
            case ANCESTOR, ANCESTOR_OR_SELF -> {
                if (axis == Axis.ANCESTOR_OR_SELF) {
                    found.add(node);
                }
                for (var at = node.parent(); at.isPresent(); at = at.get().parent()) {
                    found.add(at.get());
                }
            }
            case FOLLOWING_SIBLING, PRECEDING_SIBLING -> node.parent().ifPresent(p -> found.addAll(p.children()));
            case FOLLOWING, PRECEDING -> below(root(node), found);
            case ATTRIBUTE, NAMESPACE -> {}
        }
    }

    private static void below(SchemaNode node, Set<SchemaNode> found) {
        found.add(node);
        node.children().forEach(c -> below(c, found));
    }

    private static boolean passes(NodeTest test, SchemaNode node) {
        return switch (test) {
            case NodeTest.Name(var namespace, var local) ->
                node.name().equals(local)
                        && (namespace == null || node.namespace().equals(namespace));
            case NodeTest.Namespace(var namespace) -> node.namespace().equals(namespace);
            case NodeTest.Element _, NodeTest.AnyNode _, NodeTest.TextNode _ -> true;
            case NodeTest.Nothing _ -> false;
        };
    }
}
