package io.auspex.expressions;

/** A piece of an expression's source: what it is, its text (decoded for a string), and where it starts. */
record Token(Kind kind, String text, int at) {

    enum Kind {
        NUMBER,
        STRING,
        NAME,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** The token as an error message names it. */
    String shown() {
        return switch (kind) {
            case NUMBER -> "number " + text;
            case STRING -> "string \"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
            case NAME, SYMBOL -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
            case END -> "the end of the expression";
        };
    }
}
