package io.auspex.expressions;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression's source into tokens; a name may hold a hyphen before a letter, as YANG names do. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", "(", ")", "[", "]",
            ",");
    private static final int LONGEST_NUMBER = 64;

    private final String source;
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) throws ExpressionException {
        Lexer lexer = new Lexer(source);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() throws ExpressionException {
        while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) {
            at++;
        }
        if (at == source.length()) {
            return new Token(Token.Kind.END, "", at);
        }
        char c = source.charAt(at);
        if (isLetter(c)) {
            return name();
        }
        if (isDigit(c)) {
            return number();
        }
        if (c == '"' || c == '\'') {
            return string(c);
        }
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, at - symbol.length());
            }
        }
        throw fault(at, unexpected(source.codePointAt(at)));
    }

    private static String unexpected(int character) {
        return switch (character) {
            case '=' -> "'=' is not an operator: expected '==' to compare";
            case '&' -> "'&' is not an operator: expected '&&'";
            case '|' -> "'|' is not an operator: expected '||'";
            default ->
                "expected a value or an operator, got "
                        + (Character.isISOControl(character)
                                ? "control character %d".formatted(character)
                                : "'" + Character.toString(character) + "'");
        };
    }

    private Token name() {
        int start = at++;
        while (at < source.length() && continuesName()) {
            at++;
        }
        return new Token(Token.Kind.NAME, source.substring(start, at), start);
    }

    private boolean continuesName() {
        char c = source.charAt(at);
        return isLetter(c) || isDigit(c) || c == '-' && at + 1 < source.length() && isLetter(source.charAt(at + 1));
    }

    private Token number() throws ExpressionException {
        int start = at;
        digits();
        if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
            at++;
            if (at < source.length() && (source.charAt(at) == '+' || source.charAt(at) == '-')) {
                at++;
            }
            if (at == source.length() || !isDigit(source.charAt(at))) {
                throw fault(at, "expected the digits of an exponent");
            }
            digits();
        }
        if (at < source.length() && isLetter(source.charAt(at))) {
            throw fault(at, "expected an operator after the number, got '" + source.charAt(at) + "'");
        }
        String text = source.substring(start, at);
        if (text.length() > LONGEST_NUMBER || !Double.isFinite(Double.parseDouble(text))) {
            throw fault(
                    start,
                    "the number is too large: expected at most " + LONGEST_NUMBER
                            + " characters and a magnitude below 1.8e308");
        }
        return new Token(Token.Kind.NUMBER, text, start);
    }

    private void digits() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
    }

    private Token string(char quote) throws ExpressionException {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < source.length() && source.charAt(at) != quote) {
            char c = source.charAt(at);
            if (c == '\n' || c == '\r') {
                break;
            }
            text.append(c == '\\' ? escaped() : c);
            at++;
        }
        if (at >= source.length() || source.charAt(at) != quote) {
            throw fault(start, "the string has no closing " + quote);
        }
        at++;
        return new Token(Token.Kind.STRING, text.toString(), start);
    }

    private char escaped() throws ExpressionException {
        int start = at++;
        char c = at < source.length() ? source.charAt(at) : ' ';
        return switch (c) {
            case '\\', '"', '\'' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> throw fault(start, "unknown escape: expected \\\\, \\\", \\', \\n or \\t");
        };
    }

    private ExpressionException fault(int where, String problem) {
        return new ExpressionException(source, where, problem);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
