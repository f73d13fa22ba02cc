package io.auspex.assuranceengine.catalogue;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The types of subservice that the agent can assure, by identity. */
public final class Catalogue {
    private final Map<String, SubserviceType> types = new LinkedHashMap<>();
    private final Map<String, TextTemplate> labels = new HashMap<>();

    /** @throws IllegalArgumentException where two types have the same identity */
    public Catalogue(Collection<SubserviceType> types) {
        for (SubserviceType type : types) {
            if (this.types.putIfAbsent(type.identity(), type) != null) {
                throw new IllegalArgumentException("two packs define the subservice type " + type.identity());
            }
            labels.put(type.identity(), TextTemplate.of(type.label()));
        }
    }

    public Optional<SubserviceType> type(String identity) {
        return Optional.ofNullable(types.get(identity));
    }

    /** How people call a subservice of a type. */
    public Optional<TextTemplate> label(String identity) {
        return Optional.ofNullable(labels.get(identity));
    }

    public Collection<SubserviceType> types() {
        return types.values();
    }
}
