package io.auspex.assuranceengine.graph;

/**
 * How the state of a subservice reaches those that depend on it (RFC 9417 §3.4); further types are further identities.
 *
 * @param identity the module-qualified identity
 * @param impact what reaches the dependant
 */
public record DependencyType(String identity, Impact impact) {
    public static final DependencyType IMPACTING =
            new DependencyType("ietf-service-assurance:impacting", new Impact.Full());
    public static final DependencyType INFORMATIONAL =
            new DependencyType("ietf-service-assurance:informational", new Impact.Information());

    /** Whether the score of the dependant may suffer. */
    public boolean isImpacting() {
        return !(impact instanceof Impact.Information);
    }

    @Override
    public String toString() {
        return identity;
    }
}
