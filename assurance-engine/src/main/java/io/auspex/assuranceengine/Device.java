package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.collection.YangModule;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the writer knows of one device: its session, its modules, its subservices, and which candidates it serves. */
final class Device {
    final String name;
    final int index;
    final IntList nodes = new IntList();
    Duration period;

    /** It is in the inventory, and so has a period of its own. */
    boolean configured;

    /** Listeners know that its plan has to be drawn again. */
    boolean planOutdated;

    @Nullable
    DeviceSession session;

    /** How far its clock is ahead, as it was measured the last time in this session. */
    @Nullable
    Duration clockAhead;

    private Set<YangModule> modules = Set.of();
    private Platform platform = Platform.ANY;
    private final Map<Long, Choice> choices = new HashMap<>();

    Device(String name, int index, Duration period) {
        this.name = name;
        this.index = index;
        this.period = period;
    }

    /** The candidates for one metric that may work, best first, and the one that was seen to. */
    static final class Choice {
        static final int NONE = -1;
        final int[] order;
        int chosen = NONE;

        Choice(int[] order) {
            this.order = order;
        }

        /** The place of a candidate in the order, or the length of it. */
        int place(int candidate) {
            int place = 0;
            while (place < order.length && order[place] != candidate) {
                place++;
            }
            return place;
        }
    }

    boolean isUp() {
        return session != null && session.state() == SessionState.UP;
    }

    Choice choice(CompiledType type, int metric, MetricSource.Device source) {
        return choices.computeIfAbsent((long) type.index << 32 | metric, key -> new Choice(order(source)));
    }

    /** Takes what the device announces; an empty set means that it announces nothing. Returns whether that is news. */
    boolean announce(Set<YangModule> announced) {
        if (announced.equals(modules)) {
            return false;
        }
        modules = Set.copyOf(announced);
        choices.clear();
        return true;
    }

    /** Takes what kind of device it is; returns whether that is news. */
    boolean setPlatform(Platform known) {
        if (known.equals(platform)) {
            return false;
        }
        platform = known;
        choices.clear();
        return true;
    }

    /** A device that announces no modules may be another one after a new session; returns whether there was a choice. */
    boolean forgetGuesses() {
        if (!modules.isEmpty() || choices.isEmpty()) {
            return false;
        }
        choices.clear();
        return true;
    }

    /** The candidates that may work: those made for this platform first, then by revision, then as the pack has them. */
    private int[] order(MetricSource.Device source) {
        return IntStream.range(0, source.candidates().size())
                .filter(c -> mayWork(source.candidates().get(c)))
                .boxed()
                .sorted(Comparator.comparing(c -> -fit(source.candidates().get(c))))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Whether any candidate is for a device like this one, whatever modules it announces. */
    boolean isServedSomehow(MetricSource.Device source) {
        return source.candidates().stream().anyMatch(c -> c.platform().mayBe(platform));
    }

    private boolean mayWork(MetricImplementation implementation) {
        return implementation.platform().mayBe(platform) && (modules.isEmpty() || moduleFit(implementation) > 0);
    }

    private int fit(MetricImplementation implementation) {
        return 3 * implementation.platform().fit(platform) + moduleFit(implementation);
    }

    private int moduleFit(MetricImplementation implementation) {
        int fit = 0;
        for (YangModule module : modules) {
            if (module.name().equals(implementation.module())) {
                fit = Math.max(fit, Objects.equals(module.revision(), implementation.revision()) ? 2 : 1);
            }
        }
        return fit;
    }
}
