package io.auspex.management;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The elements of an iterator that stay, as what they become; looks one element ahead. */
abstract class Kept<E> implements Iterator<E> {
    private final Iterator<E> base;
    private @Nullable E next;

    Kept(Iterator<E> base) {
        this.base = base;
    }

    /** What an element becomes; null when it does not stay. */
    abstract @Nullable E keep(E element);

    @Override
    public final boolean hasNext() {
        while (next == null && base.hasNext()) {
            next = keep(base.next());
        }
        return next != null;
    }

    @Override
    public final E next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var element = next;
        next = null;
        return element;
    }
}
