package io.auspex.expressions;

/** The instructions of a {@link Program}. */
enum Op {
    CONSTANT,
    METRIC,
    WINDOW,
    NOT,
    NEGATE,
    OR,
    AND,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REMAINDER,
    SELECT,
    IN,
    PRESENT,
    OR_ELSE,
    ABS,
    LESSER,
    GREATER_OF;

    static Op of(BinaryOp op) {
        return switch (op) {
            case OR -> OR;
            case AND -> AND;
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> NOT_EQUAL;
            case LESS -> LESS;
            case LESS_OR_EQUAL -> LESS_OR_EQUAL;
            case GREATER -> GREATER;
            case GREATER_OR_EQUAL -> GREATER_OR_EQUAL;
            case ADD -> ADD;
            case SUBTRACT -> SUBTRACT;
            case MULTIPLY -> MULTIPLY;
            case DIVIDE -> DIVIDE;
            case REMAINDER -> REMAINDER;
        };
    }

    static Op of(Function function) {
        return switch (function) {
            case PRESENT -> PRESENT;
            case OR_ELSE -> OR_ELSE;
            case ABS -> ABS;
            case LESSER -> LESSER;
            case GREATER -> GREATER_OF;
        };
    }
}
