package io.auspex.anomalydetection;

/** The plane of the network that a symptom was seen on (ietf-network-anomaly-symptom-cbl, choice plane). */
public enum Plane {
    FORWARDING,
    CONTROL,
    MANAGEMENT
}
