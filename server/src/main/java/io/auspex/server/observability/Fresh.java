package io.auspex.server.observability;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a part says of itself, asked once for all meters of one look. */
final class Fresh<T> implements Supplier<T> {
    private static final long NANOS = 200_000_000;

    private final Supplier<T> part;
    private final LongSupplier ticker;
    private @Nullable T said;
    private long at;

    /** @param ticker nanoseconds of a clock that never steps */
    Fresh(Supplier<T> part, LongSupplier ticker) {
        this.part = part;
        this.ticker = ticker;
    }

    @Override
    public synchronized T get() {
        var now = ticker.getAsLong();
        var fresh = said;
        if (fresh == null || now - at > NANOS) {
            fresh = part.get();
            said = fresh;
            at = now;
        }
        return fresh;
    }
}
