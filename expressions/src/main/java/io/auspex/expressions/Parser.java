package io.auspex.expressions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds the syntax tree of an expression by precedence climbing; the depth limit bounds its recursion. */
final class Parser {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final String source;
    private final ExpressionLimits limits;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(String source, ExpressionLimits limits) throws ExpressionException {
        this.source = source;
        this.limits = limits;
        this.tokens = Lexer.tokens(source);
    }

    static Expression parse(String source, ExpressionLimits limits) throws ExpressionException {
        if (source.length() > limits.length()) {
            throw new ExpressionException(
                    source,
                    limits.length(),
                    "the expression is too long: expected at most " + limits.length() + " characters, got "
                            + source.length());
        }
        Parser parser = new Parser(source, limits);
        Expression expression = parser.conditional();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.expected("an operator or the end of the expression");
        }
        return expression;
    }

    private Expression conditional() throws ExpressionException {
        enter();
        Expression condition = binary(1);
        if (peek().isSymbol("?")) {
            int at = take().at();
            Expression yes = binary(1);
            require(":", "':' and the other branch of '?'");
            Expression no = conditional();
            condition = new Expression.Conditional(condition, yes, no, at);
        }
        depth--;
        return condition;
    }

    private Expression binary(int lowest) throws ExpressionException {
        Expression left = unary();
        int chain = 0;
        while (true) {
            Token token = peek();
            if (token.isName("in") && lowest <= BinaryOp.EQUAL.precedence()) {
                take();
                left = new Expression.In(left, list(), token.at());
            } else {
                Optional<BinaryOp> op = operator(token);
                if (op.isEmpty() || op.get().precedence() < lowest) {
                    depth -= chain;
                    return left;
                }
                take();
                left = new Expression.Binary(op.get(), left, binary(op.get().precedence() + 1), token.at());
            }
            // A chain a + b + c nests to the left, so each link deepens the tree.
            enter();
            chain++;
        }
    }

    private static Optional<BinaryOp> operator(Token token) {
        if (token.kind() == Token.Kind.SYMBOL) {
            for (BinaryOp op : BinaryOp.values()) {
                if (op.toString().equals(token.text())) {
                    return Optional.of(op);
                }
            }
        }
        return Optional.empty();
    }

    private Expression unary() throws ExpressionException {
        Token token = peek();
        if (!token.isSymbol("!") && !token.isSymbol("-")) {
            return primary();
        }
        take();
        enter();
        UnaryOp op = token.isSymbol("!") ? UnaryOp.NOT : UnaryOp.NEGATE;
        Expression unary = new Expression.Unary(op, unary(), token.at());
        depth--;
        return unary;
    }

    private Expression primary() throws ExpressionException {
        Token token = peek();
        if (token.isSymbol("(")) {
            take();
            Expression inner = conditional();
            require(")", "')'");
            return inner;
        }
        Expression.Literal literal = literal();
        if (literal != null) {
            return literal;
        }
        if (token.kind() == Token.Kind.NAME && !token.isName("in")) {
            take();
            return peek().isSymbol("(") ? call(token) : new Expression.Metric(token.text(), token.at());
        }
        throw expected("a value");
    }

    private Expression.@Nullable Literal literal() {
        Token token = peek();
        Value value = switch (token.kind()) {
            case NUMBER -> new Value.Num(Double.parseDouble(token.text()));
            case STRING -> new Value.Text(token.text());
            case NAME -> token.isName("true") || token.isName("false") ? new Value.Bool(token.isName("true")) : null;
            case SYMBOL, END -> null;
        };
        return value == null ? null : new Expression.Literal(value, take().at());
    }

    private List<Expression.Literal> list() throws ExpressionException {
        require("[", "'[' and a list of constants after 'in'");
        List<Expression.Literal> list = new ArrayList<>();
        do {
            boolean negative = peek().isSymbol("-");
            Token token = negative ? take() : peek();
            Expression.Literal literal = literal();
            if (literal == null || negative && !(literal.value() instanceof Value.Num)) {
                throw expected("a constant");
            }
            list.add(
                    literal.value() instanceof Value.Num(double n) && negative
                            ? new Expression.Literal(new Value.Num(-n), token.at())
                            : literal);
            if (list.size() > limits.listLength()) {
                throw new ExpressionException(
                        source, token.at(), "the list is too long: expected at most " + limits.listLength());
            }
        } while (takeIf(","));
        require("]", "',' or ']'");
        return list;
    }

    private Expression call(Token name) throws ExpressionException {
        require("(", "'('");
        Optional<WindowFunction> window = WindowFunction.named(name.text());
        if (window.isPresent()) {
            return window(window.get(), name);
        }
        Optional<Function> function = Function.named(name.text());
        if (function.isEmpty()) {
            List<String> known = new ArrayList<>(Function.names());
            known.addAll(WindowFunction.names());
            throw new ExpressionException(
                    source, name.at(), "unknown function '" + name.text() + "'" + Nearest.hint(name.text(), known));
        }
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(conditional());
        } while (takeIf(","));
        require(")", "',' or ')'");
        if (arguments.size() != function.get().arity()) {
            throw new ExpressionException(
                    source,
                    name.at(),
                    "'" + name.text() + "' takes "
                            + (function.get().arity() == 1
                                    ? "1 argument"
                                    : function.get().arity() + " arguments")
                            + ", got " + arguments.size());
        }
        return new Expression.Call(function.get(), arguments, name.at());
    }

    private Expression window(WindowFunction function, Token name) throws ExpressionException {
        Token metric = peek();
        if (metric.kind() != Token.Kind.NAME) {
            throw expected("the name of a metric as the first argument of '" + function + "'");
        }
        take();
        Duration span = Duration.ZERO;
        if (function.spanned()) {
            require(",", "',' and a span of time such as \"60s\"");
            span = span();
        }
        require(")", "')'");
        return new Expression.Window(function, metric.text(), span, name.at());
    }

    private Duration span() throws ExpressionException {
        Token token = peek();
        Matcher matcher = SPAN.matcher(token.text());
        if (token.kind() != Token.Kind.STRING || !matcher.matches()) {
            throw expected("a span of time such as \"500ms\", \"60s\", \"5m\" or \"1h\"");
        }
        long count = Long.parseLong(matcher.group(1));
        Duration span = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
        if (span.isZero() || span.compareTo(Duration.ofDays(1)) > 0) {
            throw expected("a span of time above zero and at most a day");
        }
        take();
        return span;
    }

    private void enter() throws ExpressionException {
        if (++depth > limits.depth()) {
            throw new ExpressionException(
                    source, peek().at(), "the expression is nested too deeply: expected at most " + limits.depth());
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private boolean takeIf(String symbol) {
        if (peek().isSymbol(symbol)) {
            next++;
            return true;
        }
        return false;
    }

    private void require(String symbol, String what) throws ExpressionException {
        if (!takeIf(symbol)) {
            throw expected(what);
        }
    }

    private ExpressionException expected(String what) {
        return new ExpressionException(source, peek().at(), "expected " + what + ", got " + peek().shown());
    }
}
