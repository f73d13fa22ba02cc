package io.auspex.packs;

import io.auspex.assuranceengine.catalogue.SubserviceType;
import java.util.List;
import java.util.Set;

/**
 * Knowledge about one kind of component, as an expert contributes it (design decision 12).
 *
 * @param name the folder's name
 * @param types the subservice types that the pack defines
 */
public record Pack(String name, String description, List<SubserviceType> types) {
    public Pack {
        types = List.copyOf(types);
    }

    /** This pack but for the subservice types of these identities. */
    Pack without(Set<String> identities) {
        return new Pack(
                name,
                description,
                types.stream().filter(t -> !identities.contains(t.identity())).toList());
    }
}
