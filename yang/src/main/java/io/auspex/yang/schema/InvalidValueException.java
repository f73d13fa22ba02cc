package io.auspex.yang.schema;

/** A text is no value of a type; the message says what was got and what is expected, the caller knows where. */
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1;
    private final String appTag;

    public InvalidValueException(String message) {
        this(message, "");
    }

    /** With the error-app-tag of a range, length or pattern statement, or empty. */
    public InvalidValueException(String message, String appTag) {
        super(message, null, false, false);
        this.appTag = appTag;
    }

    public String appTag() {
        return appTag;
    }
}
