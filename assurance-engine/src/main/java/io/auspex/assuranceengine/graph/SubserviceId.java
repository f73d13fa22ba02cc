package io.auspex.assuranceengine.graph;

import java.util.Comparator;

/**
 * The key of a subservice (RFC 9418 §3.3).
 *
 * @param type the module-qualified identity, such as {@code ietf-service-assurance-interface:interface-type}
 * @param id the identifier, unique within its type
 */
public record SubserviceId(String type, String id) implements Comparable<SubserviceId> {
    private static final Comparator<SubserviceId> ORDER =
            Comparator.comparing(SubserviceId::type).thenComparing(SubserviceId::id);

    @Override
    public int compareTo(SubserviceId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public int hashCode() {
        // Types are few, so their hash adds little: the id's is spread for the persistent map.
        int h = id.hashCode() * 31 + type.hashCode();
        h *= 0x9E3779B1;
        return h ^ h >>> 15;
    }

    @Override
    public String toString() {
        return type + "[" + id + "]";
    }
}
