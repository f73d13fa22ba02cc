package io.auspex.assuranceengine.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of a subservice (RFC 9418 §3.3).
 *
 * @param parameters the parameters that say which object is assured, by name
 * @param maintenanceContact who set the subservice under maintenance; null where it is not (RFC 9417 §3.6)
 * @param dependencies at most one on each other subservice
 */
public record Subservice(
        SubserviceId id,
        Map<String, String> parameters,
        @Nullable String maintenanceContact,
        List<Dependency> dependencies) {
    /** Type of the subservices that stand for whole service instances (RFC 9418 §3.2). */
    public static final String SERVICE_INSTANCE_TYPE = "ietf-service-assurance:service-instance-type";

    public Subservice {
        parameters = Map.copyOf(parameters);
        dependencies = List.copyOf(dependencies);
        Set<SubserviceId> seen = new HashSet<>();
        for (Dependency dependency : dependencies) {
            if (!seen.add(dependency.on())) {
                throw new IllegalArgumentException(id + ": two dependencies on " + dependency.on());
            }
        }
    }

    /** A subservice that is not under maintenance. */
    public Subservice(SubserviceId id, Map<String, String> parameters, List<Dependency> dependencies) {
        this(id, parameters, null, dependencies);
    }

    public boolean underMaintenance() {
        return maintenanceContact != null;
    }
}
