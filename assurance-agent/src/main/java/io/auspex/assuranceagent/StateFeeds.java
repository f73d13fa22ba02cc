package io.auspex.assuranceagent;

import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells those who follow operational state which subservices changed: also those that report the symptoms of another. */
final class StateFeeds implements HealthListener {
    private final AssuranceStateProvider provider;

    StateFeeds(AssuranceStateProvider provider) {
        this.provider = provider;
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        if (!provider.hasFeeds()) {
            return;
        }
        Set<SubserviceId> concerned = new LinkedHashSet<>();
        boolean glossary = false;
        for (HealthChange change : changes) {
            concerned.add(change.id());
            if (!(change.started().isEmpty() && change.stopped().isEmpty())) {
                glossary = true;
                snapshot.graph().ancestors(change.id()).forEach(node -> concerned.add(node.id()));
            }
        }
        concerned.forEach(provider::healthChanged);
        if (glossary) {
            provider.glossaryChanged();
        }
    }
}
