package io.auspex.expressions;

import java.io.Serial;

/** An expression that cannot be used, with the place of the fault: line and column count from 1. */
public final class ExpressionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int WIDEST_EXCERPT = 120;

    private final String problem;
    private final int offset;
    private final int line;
    private final int column;
    private final String excerpt;

    ExpressionException(String source, int offset, String problem) {
        super(problem);
        int at = Math.clamp(offset, 0, source.length());
        int lineStart = source.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = source.indexOf('\n', at);
        String text = source.substring(lineStart, lineEnd < 0 ? source.length() : lineEnd);
        this.problem = problem;
        this.offset = at;
        this.line = (int) source.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        this.column = at - lineStart + 1;
        int from = Math.max(0, Math.min(column - 1 - WIDEST_EXCERPT / 2, text.length() - WIDEST_EXCERPT));
        this.excerpt = text.substring(from, Math.min(text.length(), from + WIDEST_EXCERPT))
                        .replace('\t', ' ') + "\n" + " ".repeat(column - 1 - from) + "^";
    }

    /** What is wrong, what was expected and what was found, without the place. */
    public String problem() {
        return problem;
    }

    /** Offset of the fault in the source, in characters from 0. */
    public int offset() {
        return offset;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** The line of the source, and below it a caret under the fault. */
    public String excerpt() {
        return excerpt;
    }

    @Override
    public String getMessage() {
        return "line " + line + ", column " + column + ": " + problem + "\n" + excerpt;
    }
}
