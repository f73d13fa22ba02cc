package io.auspex.access;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that looks for the next element when it is asked for one.
 *
 * @param <T> the elements
 */
abstract class Found<T> implements Iterator<T> {
    private @Nullable T next;

    /** The next element, null at the end. */
    abstract @Nullable T find();

    @Override
    public final boolean hasNext() {
        if (next == null) {
            next = find();
        }
        return next != null;
    }

    @Override
    public final T next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var found = next;
        next = null;
        return found;
    }
}
