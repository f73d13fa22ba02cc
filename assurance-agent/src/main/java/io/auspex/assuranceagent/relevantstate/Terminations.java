package io.auspex.assuranceagent.relevantstate;

import io.auspex.anomalydetection.Termination;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.MetricReading;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.expressions.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a service ends on nodes, as far as the graph knows it: a subservice with the parameters {@code device} and
 * {@code route-distinguisher} is a termination, with the if-index values that the device gave for the interfaces of the
 * service on it (ietf-network-anomaly-service-topology). Nothing is invented where one of these is missing.
 */
final class Terminations {
    private final AssuranceEngine engine;

    Terminations(AssuranceEngine engine) {
        this.engine = engine;
    }

    private record OnNode(String device, String distinguisher) {}

    /** @param graph the subservices that the service rests on */
    List<Termination> of(List<GraphNode> graph) {
        Set<OnNode> found = new LinkedHashSet<>();
        for (GraphNode node : graph) {
            String device = node.subservice().parameters().get("device");
            String distinguisher = node.subservice().parameters().get("route-distinguisher");
            if (device != null && distinguisher != null) {
                found.add(new OnNode(device, distinguisher));
            }
        }
        return found.stream()
                .map(t -> new Termination(t.device(), t.distinguisher(), interfaces(t.device(), graph)))
                .toList();
    }

    private List<Integer> interfaces(String device, List<GraphNode> graph) {
        return graph.stream()
                .filter(node -> device.equals(node.subservice().parameters().get("device")))
                .flatMap(node -> engine.readings(node.id()).stream())
                .filter(reading -> reading.definition().name().equals("if-index") && !reading.stale())
                .map(MetricReading::value)
                .<Integer>mapMulti((value, sink) -> {
                    if (value instanceof Value.Num(double index) && index > 0 && index <= Integer.MAX_VALUE) {
                        sink.accept((int) index);
                    }
                })
                .distinct()
                .sorted()
                .toList();
    }
}
