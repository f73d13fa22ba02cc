package io.auspex.assuranceagent;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.Impact;
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
    private static final String WEIGHTED = "auspex-assurance:weighted";
    private static final String REDUNDANT = "auspex-assurance:redundant";
    /** What counts of a weighted dependency, in per cent. */
    private static final int DEFAULT_SHARE = 50;
    /** What the loss of redundancy weighs. */
    private static final int DEFAULT_LOSS = 30;

    private final AssuranceSchema.Subservices schema;

    SubserviceReader(AssuranceSchema.Subservices schema) {
        this.schema = schema;
    }

    /** The key of an entry. */
    static SubserviceId id(InnerNode entry) {
        return AssuranceSchema.id(Objects.requireNonNull(entry.key(), "a subservice without its key"));
    }

    /** @param windows contact of the subservices that a window puts under maintenance now */
    Subservice read(InnerNode entry, Map<SubserviceId, String> windows) {
        SubserviceId id = id(entry);
        String contact = maintenanceContact(entry);
        return new Subservice(id, parameters(entry), contact == null ? windows.get(id) : contact, dependencies(entry));
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
            case Identity identity -> new DependencyType(identity.toString(), impact(identity, dependency));
            case null, default -> DependencyType.IMPACTING;
        };
    }

    /** Further types are derived from known ones; one that is from none carries symptoms only. */
    private static Impact impact(Identity identity, InnerNode dependency) {
        if (is(identity, WEIGHTED)) {
            int percent = number(dependency, "weight", DEFAULT_SHARE);
            return percent == 0 ? new Impact.Information() : new Impact.Share(percent);
        }
        if (is(identity, REDUNDANT)) {
            return new Impact.Redundant(
                    dependency.value("redundancy-group").map(Values::text).orElse(""),
                    number(dependency, "k-of-n", 1),
                    number(dependency, "weight", DEFAULT_LOSS));
        }
        return is(identity, DependencyType.IMPACTING.identity()) ? new Impact.Full() : new Impact.Information();
    }

    private static boolean is(Identity identity, String base) {
        return identity.toString().equals(base)
                || identity.ancestors().stream().anyMatch(a -> a.toString().equals(base));
    }

    private static int number(InnerNode node, String leaf, int otherwise) {
        return node.value(leaf).map(v -> ((Number) v).intValue()).orElse(otherwise);
    }
}
