package io.auspex.yang.xpath;

import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.xpath.Expr.Arithmetical;
import io.auspex.yang.xpath.Expr.Comparison;
import io.auspex.yang.xpath.Expr.NodeTest;
import io.auspex.yang.xpath.Expr.Operation;
import io.auspex.yang.xpath.Expr.Step;
import io.auspex.yang.xpath.XPathLexer.Fault;
import io.auspex.yang.xpath.XPathLexer.Kind;
import io.auspex.yang.xpath.XPathLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses expressions of XPath 1.0 by recursive descent of bounded depth. */
final class XPathParser {
    private static final int MAX_DEPTH = 32;
    private static final Step SELF_OR_BELOW = new Step(Axis.DESCENDANT_OR_SELF, new NodeTest.AnyNode(), List.of());
    private static final Map<String, Comparison> RELATIONS = Map.of(
            "<", Comparison.LESS,
            "<=", Comparison.LESS_OR_EQUAL,
            ">", Comparison.GREATER,
            ">=", Comparison.GREATER_OR_EQUAL);
    private static final Map<String, Comparison> EQUALITIES = Map.of("=", Comparison.EQUAL, "!=", Comparison.NOT_EQUAL);
    private static final Map<String, Arithmetical> SUMS = Map.of("+", Arithmetical.PLUS, "-", Arithmetical.MINUS);
    private static final Map<String, Arithmetical> PRODUCTS =
            Map.of("*", Arithmetical.TIMES, "div", Arithmetical.DIVIDE, "mod", Arithmetical.MODULO);

    private final List<Token> tokens;
    private final XPathNames names;
    private int at;
    private int depth;

    private XPathParser(List<Token> tokens, XPathNames names) {
        this.tokens = tokens;
        this.names = names;
    }

    static Expr parse(String text, XPathNames names) throws Fault {
        var parser = new XPathParser(XPathLexer.tokens(text), names);
        var expression = parser.expression();
        if (parser.peek().kind() != Kind.END) {
            throw parser.fault("an operator or the end expected");
        }
        return expression;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean next(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String symbol) throws Fault {
        if (!next(symbol)) {
            throw fault("'" + symbol + "' expected");
        }
    }

    private Fault fault(String what) {
        var token = peek();
        return new Fault(
                token.at(),
                token.kind() == Kind.END ? "it ends where " + what + " is missing" : "'" + token.text() + "': " + what);
    }

    private Expr expression() throws Fault {
        if (++depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        var operands = new ArrayList<Expr>();
        do {
            operands.add(conjunction());
        } while (next("or"));
        depth--;
        return operands.size() == 1 ? operands.getFirst() : new Expr.Or(operands);
    }

    private Expr conjunction() throws Fault {
        var operands = new ArrayList<Expr>();
        do {
            operands.add(equality());
        } while (next("and"));
        return operands.size() == 1 ? operands.getFirst() : new Expr.And(operands);
    }

    private Expr equality() throws Fault {
        var left = relation();
        var chain = 0;
        for (var op = operator(EQUALITIES); op != null; op = operator(EQUALITIES)) {
            left = new Expr.Compare(op, left, relation());
            chained(++chain);
        }
        return left;
    }

    private Expr relation() throws Fault {
        var left = sum();
        var chain = 0;
        for (var op = operator(RELATIONS); op != null; op = operator(RELATIONS)) {
            left = new Expr.Compare(op, left, sum());
            chained(++chain);
        }
        return left;
    }

    private void chained(int length) throws Fault {
        if (length > MAX_DEPTH) {
            throw fault("more than " + MAX_DEPTH + " comparisons of comparisons");
        }
    }

    private <T> @Nullable T operator(Map<String, T> operators) {
        var token = peek();
        var operator = token.kind() == Kind.SYMBOL ? operators.get(token.text()) : null;
        if (operator != null) {
            at++;
        }
        return operator;
    }

    private Expr sum() throws Fault {
        var first = product();
        var rest = new ArrayList<Operation>();
        for (var op = operator(SUMS); op != null; op = operator(SUMS)) {
            rest.add(new Operation(op, product()));
        }
        return rest.isEmpty() ? first : new Expr.Arithmetic(first, rest);
    }

    private Expr product() throws Fault {
        var first = unary();
        var rest = new ArrayList<Operation>();
        for (var op = operator(PRODUCTS); op != null; op = operator(PRODUCTS)) {
            rest.add(new Operation(op, unary()));
        }
        return rest.isEmpty() ? first : new Expr.Arithmetic(first, rest);
    }

    private Expr unary() throws Fault {
        var signs = 0;
        while (next("-")) {
            signs++;
        }
        var operand = union();
        if (signs == 0) {
            return operand;
        }
        var negated = new Expr.Negate(operand);
        return signs % 2 == 1 ? negated : new Expr.Negate(negated);
    }

    private Expr union() throws Fault {
        var operands = new ArrayList<Expr>();
        do {
            operands.add(path());
        } while (next("|"));
        return operands.size() == 1 ? operands.getFirst() : new Expr.Union(operands);
    }

    private Expr path() throws Fault {
        var token = peek();
        if (next("/")) {
            var steps = new ArrayList<Step>();
            if (startsStep()) {
                steps(steps);
            }
            return new Expr.Path(null, true, steps);
        }
        if (next("//")) {
            var steps = new ArrayList<Step>();
            steps.add(SELF_OR_BELOW);
            steps(steps);
            return new Expr.Path(null, true, steps);
        }
        if (!isPrimary(token)) {
            var steps = new ArrayList<Step>();
            steps(steps);
            return new Expr.Path(null, false, steps);
        }
        var primary = primary();
        var predicates = predicates();
        var start = predicates.isEmpty() ? primary : new Expr.Filter(primary, predicates);
        if (!peek().is("/") && !peek().is("//")) {
            return start;
        }
        var steps = new ArrayList<Step>();
        if (next("//")) {
            steps.add(SELF_OR_BELOW);
        } else {
            expect("/");
        }
        steps(steps);
        return new Expr.Path(start, false, steps);
    }

    private boolean isPrimary(Token token) {
        return switch (token.kind()) {
            case NUMBER, LITERAL -> true;
            case SYMBOL -> token.is("(") || token.is("$");
            case NAME -> tokens.get(at + 1).is("(") && !isNodeType(token.text());
            case END -> false;
        };
    }

    private static boolean isNodeType(String name) {
        return name.equals("node")
                || name.equals("text")
                || name.equals("comment")
                || name.equals("processing-instruction");
    }

    private boolean startsStep() {
        var token = peek();
        return token.kind() == Kind.NAME || token.is(".") || token.is("..") || token.is("@");
    }

    private void steps(List<Step> steps) throws Fault {
        step(steps);
        while (true) {
            if (next("//")) {
                steps.add(SELF_OR_BELOW);
            } else if (!next("/")) {
                return;
            }
            step(steps);
        }
    }

    private void step(List<Step> steps) throws Fault {
        if (next(".")) {
            steps.add(new Step(Axis.SELF, new NodeTest.AnyNode(), List.of()));
            return;
        }
        if (next("..")) {
            steps.add(new Step(Axis.PARENT, new NodeTest.AnyNode(), List.of()));
            return;
        }
        var axis = Axis.CHILD;
        if (next("@")) {
            axis = Axis.ATTRIBUTE;
        } else if (tokens.get(Math.min(at + 1, tokens.size() - 1)).is("::")) {
            axis = Axis.of(peek().text()).orElseThrow(() -> fault("no axis of XPath"));
            at += 2;
        }
        steps.add(new Step(axis, test(), predicates()));
    }

    private NodeTest test() throws Fault {
        var token = peek();
        if (token.kind() != Kind.NAME) {
            throw fault("a name expected");
        }
        if (tokens.get(at + 1).is("(")) {
            return nodeType(token);
        }
        var name = token.text();
        if (name.equals("*")) {
            at++;
            return new NodeTest.Element();
        }
        var colon = name.indexOf(':');
        if (colon < 0) {
            at++;
            return new NodeTest.Name(names.module("").map(ModuleInfo::namespace).orElse(null), name);
        }
        var prefix = name.substring(0, colon);
        var module = names.module(prefix).orElseThrow(() -> fault("prefix '" + prefix + "' is not bound to a module"));
        at++;
        var local = name.substring(colon + 1);
        return local.equals("*")
                ? new NodeTest.Namespace(module.namespace())
                : new NodeTest.Name(module.namespace(), local);
    }

    private NodeTest nodeType(Token token) throws Fault {
        var test = switch (token.text()) {
            case "node" -> new NodeTest.AnyNode();
            case "text" -> new NodeTest.TextNode();
            case "comment", "processing-instruction" -> new NodeTest.Nothing();
            default -> throw fault("a function where a step is expected");
        };
        at += 2;
        if (token.text().equals("processing-instruction") && peek().kind() == Kind.LITERAL) {
            at++;
        }
        expect(")");
        return test;
    }

    private List<Expr> predicates() throws Fault {
        var predicates = new ArrayList<Expr>();
        while (next("[")) {
            predicates.add(expression());
            expect("]");
        }
        return predicates;
    }

    private Expr primary() throws Fault {
        var token = peek();
        switch (token.kind()) {
            case NUMBER -> {
                at++;
                return new Expr.Number(Double.parseDouble(token.text()));
            }
            case LITERAL -> {
                at++;
                return new Expr.Literal(token.text());
            }
            case NAME -> {
                return call(token);
            }
            case SYMBOL, END -> {
                if (next("(")) {
                    var inner = expression();
                    expect(")");
                    return inner;
                }
                throw fault(token.is("$") ? "there are no variables" : "an expression expected");
            }
        }
        throw fault("an expression expected");
    }

    private Expr call(Token name) throws Fault {
        var function = Function.of(name.text()).orElseThrow(() -> fault("no function of XPath 1.0 or YANG"));
        at += 2;
        var arguments = new ArrayList<Expr>();
        if (!next(")")) {
            do {
                arguments.add(expression());
            } while (next(","));
            expect(")");
        }
        if (!function.takes(arguments.size())) {
            throw new Fault(
                    name.at(), function + "() takes " + function.arity() + " arguments, not " + arguments.size());
        }
        return new Expr.Call(function, arguments);
    }
}
