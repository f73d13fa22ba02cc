package io.auspex.restconfserver.http;

import java.util.List;
import java.util.Optional;

/** The header fields of a request (RFC 9110 §5). */
public interface Headers {
    /** The values of all fields of that name, in any case, in the order received. */
    List<String> all(String name);

    /** The value of the first field of that name. */
    default Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    default boolean has(String name) {
        return !all(name).isEmpty();
    }
}
