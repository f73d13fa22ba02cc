package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The dependencies of one subservice that impact it in part: by a share, or as members of redundancy groups. */
record Combination(int[] shared, int[] percents, List<Group> groups) {

    /** Members of which {@code needed} are enough. */
    record Group(String name, int needed, int weight, int[] members) {
        byte[] healths(States states) {
            byte[] healths = new byte[members.length];
            for (int i = 0; i < members.length; i++) {
                healths[i] = states.health(members[i]);
            }
            return healths;
        }

        boolean isLost(States states) {
            return weight > 0 && Redundancy.isLost(healths(states), needed);
        }
    }

    /** @return null where all dependencies impact in full or not at all */
    static @Nullable Combination of(List<Dependency> dependencies, ToIntFunction<SubserviceId> index) {
        IntList shared = new IntList();
        IntList percents = new IntList();
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Dependency dependency : dependencies) {
            switch (dependency.type().impact()) {
                case Impact.Share(int percent) -> {
                    shared.add(index.applyAsInt(dependency.on()));
                    percents.add(percent);
                }
                case Impact.Redundant(var name, int needed, int weight) ->
                    groups.merge(
                            name,
                            new Group(name, needed, weight, new int[] {index.applyAsInt(dependency.on())}),
                            Combination::joined);
                case Impact.Full _, Impact.Information _ -> {}
            }
        }
        return shared.isEmpty() && groups.isEmpty()
                ? null
                : new Combination(shared.toArray(), percents.toArray(), List.copyOf(groups.values()));
    }

    /** Where members disagree, the most that one of them asks for counts. */
    private static Group joined(Group a, Group b) {
        return new Group(
                a.name,
                Math.max(a.needed, b.needed),
                Math.max(a.weight, b.weight),
                IntStream.concat(IntStream.of(a.members), IntStream.of(b.members))
                        .toArray());
    }

    /** All subservices whose health counts. */
    IntStream members() {
        return IntStream.concat(IntStream.of(shared), groups.stream().flatMapToInt(g -> IntStream.of(g.members)));
    }

    byte health(States states) {
        byte health = HealthCode.PERFECT;
        for (int i = 0; i < shared.length; i++) {
            health = HealthCode.worse(health, HealthCode.share(states.health(shared[i]), percents[i]));
        }
        for (Group group : groups) {
            byte[] members = group.healths(states);
            health = HealthCode.worse(health, Redundancy.best(members, group.needed));
            if (group.isLost(states)) {
                health = HealthCode.worse(health, (byte) (100 - group.weight));
            }
        }
        return health;
    }

    /** Whether maintenance leaves less of a group than is needed: then it is maintenance of the whole. */
    boolean isInhibited(States states) {
        for (Group group : groups) {
            int working = 0;
            for (int member : group.members) {
                working += states.flags(member) == 0 ? 1 : 0;
            }
            if (working < Math.min(group.needed, group.members.length)) {
                return true;
            }
        }
        for (int i = 0; i < shared.length; i++) {
            if (percents[i] == 100 && states.flags(shared[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The heaviest group that has none to spare any more. */
    @Nullable
    Group lost(States states) {
        Group heaviest = null;
        for (Group group : groups) {
            if (group.isLost(states) && (heaviest == null || group.weight > heaviest.weight)) {
                heaviest = group;
            }
        }
        return heaviest;
    }
}
