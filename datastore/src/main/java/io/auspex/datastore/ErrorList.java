package io.auspex.datastore;

import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.util.ArrayList;
import java.util.List;

/** The errors that validation finds, as many as are worth reading. */
final class ErrorList {
    static final int MOST = 20;

    private final List<YangError> errors = new ArrayList<>();

    void add(YangError error) {
        if (!isFull() && !errors.contains(error)) {
            errors.add(error);
        }
    }

    boolean isFull() {
        return errors.size() >= MOST;
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    void throwIfAny() throws YangException {
        if (!errors.isEmpty()) {
            throw new YangException(errors);
        }
    }
}
