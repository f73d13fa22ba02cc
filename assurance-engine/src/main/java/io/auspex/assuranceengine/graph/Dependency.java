package io.auspex.assuranceengine.graph;

/** An edge of the assurance graph: the subservice that is depended on, and how (RFC 9418 §3.3). */
public record Dependency(SubserviceId on, DependencyType type) {

    public static Dependency impacting(SubserviceId on) {
        return new Dependency(on, DependencyType.IMPACTING);
    }

    public static Dependency informational(SubserviceId on) {
        return new Dependency(on, DependencyType.INFORMATIONAL);
    }
}
