package io.auspex.expressions;

/** Gives equal texts equal numbers, so that compiled programs compare texts as numbers. */
@FunctionalInterface
public interface TextCodes {

    /** The code of a text that stands in an expression; it stays valid for ever. */
    int codeOf(String constant);
}
