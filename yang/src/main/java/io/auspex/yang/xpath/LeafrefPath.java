package io.auspex.yang.xpath;

import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.ModelException;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.Expr.Comparison;
import io.auspex.yang.xpath.Expr.NodeTest;
import io.auspex.yang.xpath.Expr.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.AbstractQName;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;

/**
 * The path of a leafref as an expression (RFC 7950 §9.9.2), and the same with the condition that the target has the value
 * of the current node, moved into the list that the target is a key of.
 */
final class LeafrefPath {
    private static final Expr CURRENT = new Expr.Call(Function.CURRENT, List.of());

    private final LeafrefType type;
    private final SchemaNode leaf;
    private final Expr.Path path;
    private final Expr.Path equal;

    LeafrefPath(LeafrefType type, SchemaNode leaf) {
        this.type = type;
        this.leaf = leaf;
        path = switch (type.path().getSteps()) {
            case PathExpression.LocationPathSteps steps -> path(null, steps.getLocationPath());
            case PathExpression.DerefSteps steps ->
                path(
                        new Expr.Call(Function.DEREF, List.of(path(null, steps.getDerefArgument()))),
                        steps.getRelativePath());
            default -> throw fault();
        };
        equal = withValue();
    }

    Expr expression() {
        return path;
    }

    /** The nodes that the leafref of a node leads to and that have its value. */
    List<XPathNode> targets(XPathNode node, Tree tree) {
        var evaluation = new Evaluation(tree, _ -> Optional.empty(), node);
        var found = evaluation.nodes(equal, Evaluation.focus(node));
        var same = new ArrayList<XPathNode>();
        for (var target : found) {
            if (target.typed() != null && target.typed().equals(node.typed())) {
                same.add(target);
            }
        }
        return same;
    }

    private Expr.Path path(@Nullable Expr start, YangLocationPath location) {
        var steps = new ArrayList<Step>();
        for (var step : location.getSteps()) {
            if (step.getAxis() == YangXPathAxis.PARENT) {
                steps.add(new Step(Axis.PARENT, new NodeTest.AnyNode(), List.of()));
            } else if (step instanceof YangLocationPath.QNameStep named && step.getAxis() == YangXPathAxis.CHILD) {
                var predicates =
                        step.getPredicates().stream().map(this::predicate).toList();
                steps.add(new Step(Axis.CHILD, name(named.getQName()), predicates));
            } else {
                throw fault();
            }
        }
        return new Expr.Path(start, location.isAbsolute(), steps);
    }

    private NodeTest name(AbstractQName name) {
        var namespace = name instanceof QName resolved ? resolved.getNamespace().toString() : leaf.namespace();
        return new NodeTest.Name(namespace, name.getLocalName());
    }

    private Expr predicate(YangExpr predicate) {
        if (!(predicate instanceof YangBinaryExpr binary) || binary.getOperator() != YangBinaryOperator.EQUALS) {
            throw fault();
        }
        return new Expr.Compare(Comparison.EQUAL, side(binary.getLeftExpr()), side(binary.getRightExpr()));
    }

    private Expr side(YangExpr side) {
        return switch (side) {
            case YangLocationPath location -> path(null, location);
            case YangQNameExpr key ->
                new Expr.Path(null, false, List.of(new Step(Axis.CHILD, name(key.getQName()), List.of())));
            case YangPathExpr ofCurrent ->
                path(CURRENT, ofCurrent.getLocationPath().orElseThrow(this::fault));
            default -> throw fault();
        };
    }

    private Expr.Path withValue() {
        var steps = path.steps();
        var last = steps.size() - 1;
        if (last < 1 || !type.target().isKey() || steps.get(last - 1).axis() != Axis.CHILD) {
            return path;
        }
        var list = steps.get(last - 1);
        var predicates = new ArrayList<>(list.predicates());
        predicates.add(
                new Expr.Compare(Comparison.EQUAL, new Expr.Path(null, false, List.of(steps.get(last))), CURRENT));
        var changed = new ArrayList<>(steps);
        changed.set(last - 1, new Step(list.axis(), list.test(), predicates));
        return new Expr.Path(path.start(), path.absolute(), changed);
    }

    private ModelException fault() {
        return new ModelException(
                "leafref " + leaf + ", path " + type.path().getOriginalString() + ": not as RFC 7950 §9.9.2 has it");
    }
}
