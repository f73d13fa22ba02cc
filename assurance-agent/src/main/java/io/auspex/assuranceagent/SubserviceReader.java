package io.auspex.assuranceagent;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine's record of a subservice entry of running (RFC 9418 §3.3).
 *
 * <p>It reads the data tree and not the generated binding: the parameters of a subservice stand in a case that the module of
 * its type adds (RFC 9418 §4), and modules that are added at run time have no binding.
 */
final class SubserviceReader {
    private static final String PARAMETER_CHOICE = "parameter";

    private final AssuranceSchema.Subservices schema;

    SubserviceReader(AssuranceSchema.Subservices schema) {
        this.schema = schema;
    }

    /** The key of an entry. */
    static SubserviceId id(InnerNode entry) {
        return AssuranceSchema.id(Objects.requireNonNull(entry.key(), "a subservice without its key"));
    }

    Subservice read(InnerNode entry) {
        return new Subservice(id(entry), parameters(entry), maintenanceContact(entry), dependencies(entry));
    }

    /** The leaves of the container that stands in the choice {@code parameter}, by local name. */
    private static Map<String, String> parameters(InnerNode entry) {
        Map<String, String> parameters = new HashMap<>();
        for (DataNode child : entry.children()) {
            boolean isParameter = child.schema()
                    .inCase()
                    .map(c -> c.choice().name().equals(PARAMETER_CHOICE))
                    .orElse(false);
            if (isParameter && child instanceof InnerNode container) {
                for (DataNode leaf : container.children()) {
                    if (leaf instanceof LeafNode(var leafSchema, var value)) {
                        parameters.put(leafSchema.name(), Values.text(value));
                    }
                }
            } else if (isParameter && child instanceof LeafNode(var leafSchema, var value)) {
                parameters.put(leafSchema.name(), Values.text(value));
            }
        }
        return parameters;
    }

    private @Nullable String maintenanceContact(InnerNode entry) {
        return entry.child(schema.underMaintenance) instanceof InnerNode maintenance
                ? maintenance.value("contact").map(Values::text).orElse("")
                : null;
    }

    private List<Dependency> dependencies(InnerNode entry) {
        if (!(entry.child(schema.dependencies) instanceof InnerNode container)
                || !(container.child(schema.dependency) instanceof ListNode list)) {
            return List.of();
        }
        List<Dependency> dependencies = new ArrayList<>();
        for (InnerNode dependency : list) {
            dependencies.add(new Dependency(id(dependency), type(dependency)));
        }
        return dependencies;
    }

    /** RFC 9418 leaves open what a dependency without a type is: the one that hides nothing is impacting. */
    private static DependencyType type(InnerNode dependency) {
        return switch (dependency.value("dependency-type").orElse(null)) {
            case Identity identity -> type(identity);
            case null, default -> DependencyType.IMPACTING;
        };
    }

    /** Further types are derived from one of the two of RFC 9418; one that is from neither carries symptoms only. */
    private static DependencyType type(Identity identity) {
        String name = identity.toString();
        if (name.equals(DependencyType.IMPACTING.identity())) {
            return DependencyType.IMPACTING;
        }
        if (name.equals(DependencyType.INFORMATIONAL.identity())) {
            return DependencyType.INFORMATIONAL;
        }
        boolean impacting =
                identity.ancestors().stream().anyMatch(a -> a.toString().equals(DependencyType.IMPACTING.identity()));
        return new DependencyType(
                name, impacting ? DependencyType.Effect.SCORE_AND_SYMPTOMS : DependencyType.Effect.SYMPTOMS_ONLY);
    }
}
