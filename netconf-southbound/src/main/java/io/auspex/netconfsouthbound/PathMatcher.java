package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfsouthbound.MetricPath.Step;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the values of paths in data that a device sends; of a list, one entry at a time is in memory. */
final class PathMatcher {
    private final PathTree.Node root;
    private final Map<MetricPath, MetricReading> found = new HashMap<>();

    PathMatcher(PathTree.Node root) {
        this.root = root;
    }

    /** Reads the top-level nodes inside the element at whose start the reader stands, and leaves the reader at its end. */
    void walk(XMLStreamReader in) throws XMLStreamException {
        walk(in, root);
    }

    /** What was found so far. */
    Map<MetricPath, MetricReading> found() {
        return found;
    }

    /** One reading for each of these paths; those that were not found are missing. */
    Map<MetricPath, MetricReading> readings(Collection<MetricPath> paths, String whyMissing) {
        var readings = new HashMap<MetricPath, MetricReading>();
        var missing = new MetricReading.Missing(whyMissing);
        paths.forEach(path -> readings.put(path, found.getOrDefault(path, missing)));
        return readings;
    }

    static void skip(XMLStreamReader in) throws XMLStreamException {
        for (var depth = 1; depth > 0; ) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    private void walk(XMLStreamReader in, PathTree.Node node) throws XMLStreamException {
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            var namespace = in.getNamespaceURI();
            var named = node.named(namespace == null ? "" : namespace, in.getLocalName());
            var container = named == null ? null : named.container();
            if (named == null) {
                skip(in);
            } else if (container != null) {
                walk(in, container);
            } else {
                match(XmlElement.read(in), named);
            }
        }
    }

    /** Looks for what is at and below some nodes of the tree in an element of their name. */
    void match(XmlElement element, PathTree.Named named) {
        for (var child : named.candidates(element)) {
            match(element, child.step(), child.node());
        }
    }

    /** Looks for what is at and below a node of the tree in an element that may be it. */
    void match(XmlElement element, Step step, PathTree.Node node) {
        for (var key : step.keys()) {
            var value = element.child(key.namespace(), key.name()).map(XmlElement::text);
            if (value.isEmpty()
                    || !(value.get().equals(key.value()) || value.get().strip().equals(key.value()))) {
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
            var named = node.named(child.namespace(), child.name());
            if (named != null) {
                match(child, named);
            }
        }
    }
}
