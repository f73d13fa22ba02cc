package io.auspex.yang.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Elements as they are shown, those left out that are not; each is looked at when it is asked for. */
public final class Shown<A, B> implements Iterator<B> {
    private final Iterator<A> all;
    private final Showing<A, B> showing;
    private @Nullable B next;

    public Shown(Iterator<A> all, Showing<A, B> showing) {
        this.all = all;
        this.showing = showing;
    }

    /** What is shown for an element. */
    @FunctionalInterface
    public interface Showing<A, B> {
        /** Null when it is left out. */
        @Nullable
        B show(A element);
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            next = showing.show(all.next());
        }
        return next != null;
    }

    @Override
    public B next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var element = next;
        next = null;
        return element;
    }
}
