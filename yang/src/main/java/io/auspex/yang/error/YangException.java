package io.auspex.yang.error;

import io.auspex.yang.schema.DataPath;
import java.util.List;

/** A request fails for one or more reasons; never for none. */
public final class YangException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<YangError> errors;

    public YangException(List<YangError> errors) {
        super(errors.getFirst().message(), null, false, false);
        this.errors = List.copyOf(errors);
    }

    public YangException(YangError error) {
        this(List.of(error));
    }

    public YangException(Failure failure, String message) {
        this(YangError.of(failure, message));
    }

    public YangException(Failure failure, DataPath path, String message) {
        this(YangError.of(failure, path, message));
    }

    /** At least one error, in the order found. */
    public List<YangError> errors() {
        return errors;
    }

    public YangError first() {
        return errors.getFirst();
    }
}
