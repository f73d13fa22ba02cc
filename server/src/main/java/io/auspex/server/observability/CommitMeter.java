package io.auspex.server.observability;

import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** Times every commit from its acceptance, which its version tells, until it is durable, and counts its changes. */
final class CommitMeter implements CommitListener {
    private final Timer durable;
    private final DistributionSummary changes;

    CommitMeter(MeterRegistry registry) {
        durable = Timer.builder("auspex.commits")
                .description("From acceptance until durable")
                .serviceLevelObjectives(
                        Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
        changes = DistributionSummary.builder("auspex.commit.changes")
                .description("Nodes created, changed or deleted")
                .register(registry);
    }

    @Override
    public void committed(ChangeSet set) {
        var took = Duration.between(set.time(), Instant.now());
        durable.record(took.isNegative() ? Duration.ZERO : took);
        changes.record(set.changes().size());
    }
}
