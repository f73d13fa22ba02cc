package io.auspex.yang.xpath;

import io.auspex.yang.xpath.Expr.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** One evaluation of one expression: the tree, the names in force and the node that current() gives. */
final class Evaluation {
    private static final int HASHED = 8;

    /** The context of a sub-expression (XPath 1.0 §1). */
    record Focus(XPathNode node, int position, int size) {}

    private final Tree tree;
    private final XPathNames names;
    private final XPathNode current;
    private final Conversions conversions;
    private final Steps steps;
    private final Functions functions;
    private final Patterns patterns;

    Evaluation(Tree tree, XPathNames names, XPathNode current) {
        this.tree = tree;
        this.names = names;
        this.current = current;
        this.conversions = new Conversions(tree, names);
        this.steps = new Steps(this);
        this.functions = new Functions(this);
        this.patterns = new Patterns(tree.budget());
    }

    Tree tree() {
        return tree;
    }

    XPathNames names() {
        return names;
    }

    XPathNode current() {
        return current;
    }

    Conversions conversions() {
        return conversions;
    }

    Patterns patterns() {
        return patterns;
    }

    static Focus focus(XPathNode node) {
        return new Focus(node, 1, 1);
    }

    XPathValue value(Expr expression, Focus focus) {
        return switch (expression) {
            case Expr.Literal(var text) -> new XPathValue.Text(text);
            case Expr.Number(var number) -> new XPathValue.Number(number);
            case Expr.Or _, Expr.And _, Expr.Compare _ -> new XPathValue.Truth(truth(expression, focus));
            case Expr.Arithmetic _, Expr.Negate _ -> new XPathValue.Number(number(expression, focus));
            case Expr.Union _, Expr.Path _, Expr.Filter _ -> new XPathValue.NodeSet(nodes(expression, focus));
            case Expr.Call call -> functions.call(call, focus);
        };
    }

    boolean truth(Expr expression, Focus focus) {
        return switch (expression) {
            case Expr.Or(var operands) -> {
                for (var operand : operands) {
                    if (truth(operand, focus)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Expr.And(var operands) -> {
                for (var operand : operands) {
                    if (!truth(operand, focus)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Expr.Compare(var operator, var left, var right) ->
                compare(operator, value(left, focus), value(right, focus));
            case Expr.Path path -> steps.exists(path, focus);
            case Expr.Union(var operands) -> {
                for (var operand : operands) {
                    if (truth(operand, focus)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Expr.Literal _, Expr.Number _, Expr.Arithmetic _, Expr.Negate _, Expr.Filter _, Expr.Call _ ->
                conversions.truth(value(expression, focus));
        };
    }

    double number(Expr expression, Focus focus) {
        return switch (expression) {
            case Expr.Negate(var operand) -> -number(operand, focus);
            case Expr.Arithmetic(var first, var rest) -> {
                var result = number(first, focus);
                for (var operation : rest) {
                    var operand = number(operation.operand(), focus);
                    result = switch (operation.operator()) {
                        case PLUS -> result + operand;
                        case MINUS -> result - operand;
                        case TIMES -> result * operand;
                        case DIVIDE -> result / operand;
                        case MODULO -> result % operand;
                    };
                }
                yield result;
            }
            case Expr.Literal _,
                    Expr.Number _,
                    Expr.Or _,
                    Expr.And _,
                    Expr.Compare _,
                    Expr.Union _,
                    Expr.Path _,
                    Expr.Filter _,
                    Expr.Call _ -> conversions.number(value(expression, focus));
        };
    }

    String text(Expr expression, Focus focus) {
        return conversions.text(value(expression, focus));
    }

    /** The nodes of an expression that gives nodes, in document order; none of one that gives no nodes. */
    List<XPathNode> nodes(Expr expression, Focus focus) {
        return switch (expression) {
            case Expr.Path path -> steps.nodes(path, focus);
            case Expr.Filter(var primary, var predicates) -> steps.filter(nodes(primary, focus), predicates);
            case Expr.Union(var operands) -> {
                var all = new HashSet<XPathNode>();
                for (var operand : operands) {
                    all.addAll(nodes(operand, focus));
                }
                var sorted = new ArrayList<>(all);
                sorted.sort(XPathNode::compare);
                yield sorted;
            }
            case Expr.Call call ->
                functions.call(call, focus) instanceof XPathValue.NodeSet(var nodes) ? nodes : List.of();
            case Expr.Literal _,
                    Expr.Number _,
                    Expr.Or _,
                    Expr.And _,
                    Expr.Compare _,
                    Expr.Arithmetic _,
                    Expr.Negate _ -> List.of();
        };
    }

    /** Comparisons of XPath 1.0 §3.4: of nodes, some node has to fulfil them. */
    private boolean compare(Comparison operator, XPathValue left, XPathValue right) {
        if (left instanceof XPathValue.NodeSet(var nodes)) {
            return right instanceof XPathValue.NodeSet(var others)
                    ? compareSets(operator, nodes, others)
                    : compareNodes(operator, nodes, right);
        }
        if (right instanceof XPathValue.NodeSet(var nodes)) {
            return compareNodes(mirrored(operator), nodes, left);
        }
        return compareAtoms(operator, left, right);
    }

    private boolean compareAtoms(Comparison operator, XPathValue left, XPathValue right) {
        if (operator != Comparison.EQUAL && operator != Comparison.NOT_EQUAL) {
            return ordered(operator, conversions.number(left), conversions.number(right));
        }
        boolean equal;
        if (left instanceof XPathValue.Truth || right instanceof XPathValue.Truth) {
            equal = conversions.truth(left) == conversions.truth(right);
        } else if (left instanceof XPathValue.Number || right instanceof XPathValue.Number) {
            equal = conversions.number(left) == conversions.number(right);
        } else {
            equal = conversions.text(left).equals(conversions.text(right));
        }
        return equal == (operator == Comparison.EQUAL);
    }

    private boolean compareNodes(Comparison operator, List<XPathNode> nodes, XPathValue atom) {
        if (atom instanceof XPathValue.Truth) {
            return compareAtoms(operator, new XPathValue.Truth(!nodes.isEmpty()), atom);
        }
        for (var node : nodes) {
            boolean holds;
            if (atom instanceof XPathValue.Text(var text)
                    && (operator == Comparison.EQUAL || operator == Comparison.NOT_EQUAL)) {
                holds = conversions.hasText(node, text) == (operator == Comparison.EQUAL);
            } else {
                var right = conversions.number(atom);
                var left = conversions.number(node);
                holds = switch (operator) {
                    case EQUAL -> left == right;
                    case NOT_EQUAL -> left != right;
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(operator, left, right);
                };
            }
            if (holds) {
                return true;
            }
        }
        return false;
    }

    private boolean compareSets(Comparison operator, List<XPathNode> left, List<XPathNode> right) {
        if (operator == Comparison.EQUAL && Math.max(left.size(), right.size()) > HASHED) {
            var texts = new HashSet<String>();
            left.forEach(n -> texts.add(conversions.text(n)));
            return right.stream().anyMatch(n -> texts.contains(conversions.text(n)));
        }
        for (var a : left) {
            tree.budget().spend(right.size());
            for (var b : right) {
                var holds = switch (operator) {
                    case EQUAL -> same(a, b);
                    case NOT_EQUAL -> !same(a, b);
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                        ordered(operator, conversions.number(a), conversions.number(b));
                };
                if (holds) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean same(XPathNode a, XPathNode b) {
        var left = a.typed();
        return left != null && left.equals(b.typed()) || conversions.text(a).equals(conversions.text(b));
    }

    private static boolean ordered(Comparison operator, double left, double right) {
        return switch (operator) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
        };
    }

    private static Comparison mirrored(Comparison operator) {
        return switch (operator) {
            case EQUAL -> Comparison.EQUAL;
            case NOT_EQUAL -> Comparison.NOT_EQUAL;
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
        };
    }
}
