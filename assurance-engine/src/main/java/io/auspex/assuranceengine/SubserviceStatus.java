package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Instant;
import java.util.List;

/**
 * A subservice with its assurance state (RFC 9418 §3.3).
 *
 * @param label for people
 * @param lastChange when its configuration last changed
 * @param health own symptoms and impacting dependencies combined
 * @param symptoms its own, active and ended, and the active ones of its dependencies; those of informational ones weigh 0
 * @param symptomsHistoryStart symptoms that ended before are not kept
 */
public record SubserviceStatus(
        Subservice subservice,
        String label,
        Instant lastChange,
        Health health,
        List<Symptom> symptoms,
        Instant symptomsHistoryStart) {
    public SubserviceStatus {
        symptoms = List.copyOf(symptoms);
        if (!health.isPerfect() && symptoms.stream().noneMatch(s -> s.isActive() && s.weight() > 0)) {
            throw new IllegalArgumentException(
                    subservice.id() + ": a health-score other than 100 needs an active symptom with a weight above 0");
        }
    }

    public SubserviceId id() {
        return subservice.id();
    }

    /** The symptoms that go on. */
    public List<Symptom> activeSymptoms() {
        return symptoms.stream().filter(Symptom::isActive).toList();
    }
}
