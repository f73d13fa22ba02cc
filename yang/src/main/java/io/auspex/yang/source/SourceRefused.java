package io.auspex.yang.source;

/** A module's text is no YANG, or more than a server can be asked to compile; the message names line and limit. */
public final class SourceRefused extends Exception {
    private static final long serialVersionUID = 1;

    SourceRefused(int line, String message) {
        super("line " + line + ": " + message, null, false, false);
    }
}
