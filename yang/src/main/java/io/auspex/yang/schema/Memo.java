package io.auspex.yang.schema;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what others derive from an immutable object of the schema, such as a compiled expression: made once, on demand. */
public final class Memo {
    private volatile @Nullable Object value;

    /** The kept object, made by the first who asks; made twice at most when two ask at once. */
    public <T> T get(Class<T> type, Supplier<T> maker) {
        var known = value;
        if (known == null) {
            known = maker.get();
            value = known;
        }
        return type.cast(known);
    }
}
