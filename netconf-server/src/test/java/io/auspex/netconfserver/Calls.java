package io.auspex.netconfserver;

import java.time.Duration;
import java.util.List;

/** Calls home in tests: to the loopback, with pauses that nobody has to wait for. */
final class Calls {
    static final CallHome.Pauses SHORT = new CallHome.Pauses(Duration.ofMillis(10), Duration.ofMillis(100));

    private Calls() {}

    static CallHome.Plan plan(int... ports) {
        var targets = java.util.Arrays.stream(ports)
                .mapToObj(p -> new CallHome.Target("port-" + p, "127.0.0.1", p))
                .toList();
        return plan(CallHome.StartWith.FIRST_LISTED, targets);
    }

    static CallHome.Plan plan(CallHome.StartWith startWith, List<CallHome.Target> targets) {
        return new CallHome.Plan(targets, startWith, Duration.ofSeconds(5), 2);
    }
}
