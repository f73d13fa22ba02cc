package io.auspex.expressions;

/** The operators of one operand. */
public enum UnaryOp {
    NOT("!"),
    NEGATE("-");

    private final String symbol;

    UnaryOp(String symbol) {
        this.symbol = symbol;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
