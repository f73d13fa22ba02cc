package io.auspex.server;

/** A command cannot do what it was asked to; the message says why and what to do about it. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandException(String message) {
        super(message, null, false, false);
    }

    /** A fault whose own message is meant for people. */
    static CommandException of(Exception fault) {
        return new CommandException(String.valueOf(fault.getMessage()));
    }
}
