package io.auspex.yang.codec;

/** Tells where in a message its reader stands, for error messages. */
@FunctionalInterface
interface MessagePlace {
    /** For example {@code line 3, column 17}. */
    String text();
}
