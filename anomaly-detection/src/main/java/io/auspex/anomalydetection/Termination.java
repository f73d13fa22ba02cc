package io.auspex.anomalydetection;

import java.util.List;

/**
 * Where a VPN service ends on a node (ietf-network-anomaly-service-topology, vpn-node-termination).
 *
 * @param hostname of the node
 * @param routeDistinguisher of the VPN on the node; a termination without one is not reported
 * @param interfaceIds if-index values, as far as the device gave them
 */
public record Termination(String hostname, String routeDistinguisher, List<Integer> interfaceIds) {
    public Termination {
        interfaceIds = List.copyOf(interfaceIds);
    }
}
