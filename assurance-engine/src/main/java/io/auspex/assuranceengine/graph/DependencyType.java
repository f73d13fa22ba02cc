package io.auspex.assuranceengine.graph;

/**
 * How the state of a subservice reaches those that depend on it (RFC 9417 §3.4); further types are further identities.
 *
 * @param identity the module-qualified identity
 * @param effect what reaches the dependant
 */
public record DependencyType(String identity, Effect effect) {
    public static final DependencyType IMPACTING =
            new DependencyType("ietf-service-assurance:impacting", Effect.SCORE_AND_SYMPTOMS);
    public static final DependencyType INFORMATIONAL =
            new DependencyType("ietf-service-assurance:informational", Effect.SYMPTOMS_ONLY);

    /** What of a subservice reaches its dependant. */
    public enum Effect {
        SCORE_AND_SYMPTOMS,
        SYMPTOMS_ONLY
    }

    public boolean isImpacting() {
        return effect == Effect.SCORE_AND_SYMPTOMS;
    }

    @Override
    public String toString() {
        return identity;
    }
}
