package io.auspex.assuranceengine.catalogue;

import java.io.Serial;

/** A text is not a path; {@link #offset()} counts characters from 0. */
public final class PathException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int offset;

    PathException(int offset, String problem) {
        super(problem);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
