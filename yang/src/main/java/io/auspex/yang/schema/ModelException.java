package io.auspex.yang.schema;

/** The modules do not make a valid model; the message names the file, the line and what is wrong. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
