package io.auspex.yang.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits an expression into tokens (XPath 1.0 §3.7). */
final class XPathLexer {
    enum Kind {
        /** A number, its text being the digits. */
        NUMBER,
        /** A quoted string, its text without the quotes. */
        LITERAL,
        /** A name, with prefix where it has one; also {@code p:*}. */
        NAME,
        /** An operator or punctuation, also the names of operators. */
        SYMBOL,
        END
    }

    /** One token; {@code at} is its place in the expression, from 0. */
    record Token(Kind kind, String text, int at) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }
    }

    /** A place where the text is no expression. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;
        private final int at;

        Fault(int at, String message) {
            super(message, null, false, false);
            this.at = at;
        }

        int at() {
            return at;
        }
    }

    private static final Set<String> OPERATORS = Set.of("and", "or", "div", "mod");
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "@", "::", "(", "[", ",", "and", "or", "div", "mod", "*", "/", "//", "|", "+", "-", "=", "!=", "<", "<=",
            ">", ">=");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private XPathLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws Fault {
        var lexer = new XPathLexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws Fault {
        while (true) {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "", at));
                return;
            }
            next();
        }
    }

    private void next() throws Fault {
        var start = at;
        var c = text.charAt(at);
        if (c == '"' || c == '\'') {
            var end = text.indexOf(c, at + 1);
            if (end < 0) {
                throw new Fault(at, "a string that does not end");
            }
            at = end + 1;
            tokens.add(new Token(Kind.LITERAL, text.substring(start + 1, end), start));
        } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            number(start);
        } else if (isNameStart(c)) {
            name(start);
        } else {
            symbol(start);
        }
    }

    private void number(int start) {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        tokens.add(new Token(Kind.NUMBER, text.substring(start, at), start));
    }

    private void name(int start) {
        part();
        if (OPERATORS.contains(text.substring(start, at)) && afterOperand()) {
            tokens.add(new Token(Kind.SYMBOL, text.substring(start, at), start));
            return;
        }
        if (at + 1 < text.length() && text.charAt(at) == ':' && text.charAt(at + 1) != ':') {
            if (text.charAt(at + 1) == '*') {
                at += 2;
            } else if (isNameStart(text.charAt(at + 1))) {
                at++;
                part();
            }
        }
        tokens.add(new Token(Kind.NAME, text.substring(start, at), start));
    }

    private void part() {
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
    }

    private boolean afterOperand() {
        return !tokens.isEmpty()
                && !(tokens.getLast().kind() == Kind.SYMBOL
                        && BEFORE_OPERAND.contains(tokens.getLast().text()));
    }

    private void symbol(int start) throws Fault {
        for (var two : List.of("//", "..", "::", "!=", "<=", ">=")) {
            if (text.startsWith(two, at)) {
                at += 2;
                tokens.add(new Token(Kind.SYMBOL, two, start));
                return;
            }
        }
        var c = text.charAt(at);
        if ("()[].@,/|+-=<>*$".indexOf(c) < 0) {
            throw new Fault(at, "a character that is no part of XPath");
        }
        at++;
        if (c == '*' && !afterOperand()) {
            tokens.add(new Token(Kind.NAME, "*", start));
        } else {
            tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), start));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
