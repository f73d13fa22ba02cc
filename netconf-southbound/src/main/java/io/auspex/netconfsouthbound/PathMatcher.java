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
    private static final MetricReading NO_LEAF = new MetricReading.Refused("is no leaf on the device");
    private static final MetricReading TWICE =
            new MetricReading.Refused("appears more than once in the device's reply");

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

    /** Goes to the next element, past text which has no place there; false at the end of the one around it. */
    private static boolean isElement(XMLStreamReader in) throws XMLStreamException {
        var event = in.next();
        while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
            event = in.next();
        }
        return event == XMLStreamConstants.START_ELEMENT;
    }

    private void walk(XMLStreamReader in, PathTree.Node node) throws XMLStreamException {
        while (isElement(in)) {
            var namespace = in.getNamespaceURI();
            var named = node.named(namespace == null ? "" : namespace, in.getLocalName());
            var only = named == null ? null : named.only();
            if (named == null) {
                skip(in);
            } else if (only != null) {
                walkInto(in, only);
            } else {
                match(XmlElement.readWithoutMixedText(in), named);
            }
        }
    }

    /** Reads what stands for one place in the tree inside the element at whose start the reader stands. */
    void walk(XMLStreamReader in, PushTargets.Place place) throws XMLStreamException {
        var step = place.step();
        if (step == null) {
            walk(in);
            return;
        }
        while (isElement(in)) {
            if (!step.name().equals(in.getLocalName()) || !step.namespace().equals(in.getNamespaceURI())) {
                skip(in);
            } else if (step.keys().isEmpty() && place.node().isLeafOrContainer()) {
                walkInto(in, place.node());
            } else {
                match(XmlElement.readWithoutMixedText(in), step, place.node());
            }
        }
    }

    /** Looks for the same in an element that was read before its place was known. */
    void match(XmlElement around, PushTargets.Place place) {
        var step = place.step();
        for (var element : around.children()) {
            if (step == null) {
                var named = place.node().named(element.namespace(), element.name());
                if (named != null) {
                    match(element, named);
                }
            } else if (element.is(step.namespace(), step.name())) {
                match(element, step, place.node());
            }
        }
    }

    private void walkInto(XMLStreamReader in, PathTree.Node node) throws XMLStreamException {
        var leaf = node.leaf;
        if (leaf == null) {
            walk(in, node);
        } else {
            note(leaf, reading(in));
        }
    }

    private static MetricReading reading(XMLStreamReader in) throws XMLStreamException {
        var text = "";
        for (var event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                do {
                    skip(in);
                    while (in.next() == XMLStreamConstants.CHARACTERS) {}
                } while (in.getEventType() == XMLStreamConstants.START_ELEMENT);
                return NO_LEAF;
            }
            text = text.isEmpty() ? in.getText() : text + in.getText();
        }
        return new MetricReading.Value(text.strip());
    }

    private void note(MetricPath leaf, MetricReading reading) {
        if (found.put(leaf, reading) != null) {
            found.put(leaf, TWICE);
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
            note(
                    leaf,
                    element.children().isEmpty()
                            ? new MetricReading.Value(element.text().strip())
                            : NO_LEAF);
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
