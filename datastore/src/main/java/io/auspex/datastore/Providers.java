package io.auspex.datastore;

import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The providers of operational state that there are at one moment, in the order in which they win. */
final class Providers {
    private final List<OperationalProvider> all;
    private final Map<SchemaNode, List<OperationalProvider>> byTop = new ConcurrentHashMap<>();

    Providers(List<OperationalProvider> all) {
        this.all = all;
    }

    List<OperationalProvider> all() {
        return all;
    }

    /** Those that may have state under a top-level node. */
    List<OperationalProvider> of(SchemaNode top) {
        var known = byTop.get(top);
        return known != null
                ? known
                : byTop.computeIfAbsent(
                        top,
                        t -> all.stream().filter(p -> p.roots().contains(t)).toList());
    }

    Providers with(OperationalProvider provider) {
        return new Providers(Stream.concat(all.stream(), Stream.of(provider)).toList());
    }

    Providers without(OperationalProvider provider) {
        return new Providers(
                all.stream().filter(Predicate.not(provider::equals)).toList());
    }
}
