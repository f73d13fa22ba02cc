package io.auspex.server;

/** The configuration is wrong, so the server does not start; the message names source, key, value and expectation. */
final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message, null, false, false);
    }
}
