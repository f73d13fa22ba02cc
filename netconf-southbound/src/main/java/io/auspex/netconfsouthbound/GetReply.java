package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.RpcError;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.XmlInput;
import io.auspex.netconfsouthbound.MetricPath.Step;
import io.auspex.yang.InputLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the values of several paths in a reply while reading it; of a list, one entry at a time is in memory. */
sealed interface GetReply {
    /** The device answered; one reading for each path asked for. */
    record Answered(Map<MetricPath, MetricReading> readings) implements GetReply {}

    /** The device answered with errors. */
    record Refused(RpcReply.Failed errors) implements GetReply {}

    /** @throws ProtocolException the reply is not well-formed */
    static GetReply read(byte[] reply, InputLimits limits, Collection<MetricPath> paths) throws ProtocolException {
        var matcher = new Matcher();
        try {
            var in = XmlInput.open(reply, limits);
            var head = MessageHead.read(in);
            var root = PathTree.of(paths);
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                if (BASE.equals(in.getNamespaceURI()) && in.getLocalName().equals("rpc-error")) {
                    matcher.errors.add(RpcError.of(XmlElement.read(in, head.scope())));
                } else if (in.getLocalName().equals("data")) {
                    matcher.walk(in, List.of(root));
                } else {
                    skip(in);
                }
            }
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
        if (matcher.errors.stream().anyMatch(e -> e.severity() == RpcError.Severity.ERROR)) {
            return new Refused(new RpcReply.Failed(matcher.errors));
        }
        var readings = new HashMap<MetricPath, MetricReading>();
        for (var path : paths) {
            readings.put(
                    path,
                    matcher.found.getOrDefault(path, new MetricReading.Missing("the device's reply does not hold it")));
        }
        return new Answered(readings);
    }

    private static void skip(XMLStreamReader in) throws XMLStreamException {
        for (var depth = 1; depth > 0; ) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    /** The matching in progress. */
    final class Matcher {
        private final Map<MetricPath, MetricReading> found = new HashMap<>();
        private final List<RpcError> errors = new ArrayList<>();

        private void walk(XMLStreamReader in, List<PathTree.Node> nodes) throws XMLStreamException {
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                var plain = new ArrayList<PathTree.Node>();
                var whole = new ArrayList<Map.Entry<Step, PathTree.Node>>();
                for (var node : nodes) {
                    for (var child : node.children.entrySet()) {
                        var step = child.getKey();
                        if (!step.name().equals(in.getLocalName())
                                || !step.namespace().equals(in.getNamespaceURI())) {
                            continue;
                        }
                        whole.add(child);
                        if (step.keys().isEmpty() && child.getValue().leaf == null) {
                            plain.add(child.getValue());
                        }
                    }
                }
                if (whole.isEmpty()) {
                    skip(in);
                } else if (plain.size() == whole.size()) {
                    walk(in, plain);
                } else {
                    var element = XmlElement.read(in);
                    whole.forEach(child -> match(element, child.getKey(), child.getValue()));
                }
            }
        }

        private void match(XmlElement element, Step step, PathTree.Node node) {
            for (var key : step.keys()) {
                var value = element.child(key.namespace(), key.name()).map(XmlElement::text);
                if (value.isEmpty()
                        || !(value.get().equals(key.value())
                                || value.get().strip().equals(key.value()))) {
                    return;
                }
            }
            var leaf = node.leaf;
            if (leaf != null) {
                MetricReading reading = element.children().isEmpty()
                        ? new MetricReading.Value(element.text().strip())
                        : new MetricReading.Refused("is no leaf on the device");
                if (found.put(leaf, reading) != null) {
                    found.put(leaf, new MetricReading.Refused("appears more than once in the device's reply"));
                }
            }
            if (node.children.isEmpty()) {
                return;
            }
            for (var child : element.children()) {
                node.children.forEach((childStep, childNode) -> {
                    if (child.is(childStep.namespace(), childStep.name())) {
                        match(child, childStep, childNode);
                    }
                });
            }
        }
    }
}
