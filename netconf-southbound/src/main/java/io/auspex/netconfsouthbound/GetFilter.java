package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfsouthbound.MetricPath.Key;
import io.auspex.netconfsouthbound.MetricPath.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The filter that asks a device for several paths at once: subtree (RFC 6241 §6) by default, XPath (§8.9) where a key value
 * cannot be said in a subtree filter, since that trims white space and reads an empty node as a selection.
 */
final class GetFilter {
    /** Of one list, the entries up to which each is asked for by its key; beyond, the list is asked for as a whole. */
    static final int MAX_ENTRIES_BY_KEY = 32;

    private static final int MAX_SELECT_LENGTH = 8000;

    private GetFilter() {}

    static XmlElement of(Collection<MetricPath> paths, Capabilities device) {
        if (device.has(Capability.XPATH) && paths.stream().anyMatch(GetFilter::needsXPath)) {
            var filter = xpath(paths);
            var select = filter.attribute("select").orElse("");
            if (select.length() <= MAX_SELECT_LENGTH) {
                return filter;
            }
        }
        return subtree(paths);
    }

    static XmlElement subtree(Collection<MetricPath> paths) {
        return new XmlElement(BASE, "filter", Map.of(), List.of(), children(PathTree.of(paths)), "")
                .with(new XmlAttribute("", "type", "subtree"));
    }

    static XmlElement xpath(Collection<MetricPath> paths) {
        var prefixes = new LinkedHashMap<String, String>();
        var selects = paths.stream().map(p -> select(p, prefixes)).toList();
        var filter = XmlElement.of(BASE, "filter").with(new XmlAttribute("", "type", "xpath"));
        for (var entry : prefixes.entrySet()) {
            filter = filter.withPrefix(entry.getValue(), entry.getKey());
        }
        return filter.with(new XmlAttribute("", "select", String.join(" | ", selects)));
    }

    private static boolean needsXPath(MetricPath path) {
        return path.steps().stream().anyMatch(s -> s.keys().stream().anyMatch(k -> !fitsSubtree(k)));
    }

    private static boolean fitsSubtree(Key key) {
        return !key.value().isBlank() && key.value().equals(key.value().strip());
    }

    private static List<XmlElement> children(PathTree.Node node) {
        var lists = new LinkedHashMap<String, List<Step>>();
        node.children
                .keySet()
                .forEach(step -> lists.computeIfAbsent(step.namespace() + " " + step.name(), _ -> new ArrayList<>())
                        .add(step));
        var elements = new ArrayList<XmlElement>();
        for (var steps : lists.values()) {
            var whole = steps.size() > MAX_ENTRIES_BY_KEY
                    || steps.stream().anyMatch(s -> !s.keys().stream().allMatch(GetFilter::fitsSubtree));
            if (whole) {
                elements.add(wholeList(node, steps));
            } else {
                steps.forEach(step -> elements.add(entry(step, node)));
            }
        }
        return elements;
    }

    private static XmlElement entry(Step step, PathTree.Node parent) {
        var content = new ArrayList<XmlElement>();
        step.keys().forEach(key -> content.add(XmlElement.leaf(key.namespace(), key.name(), key.value())));
        content.addAll(children(child(parent, step)));
        return element(step, content);
    }

    /** All entries, of each the keys and whatever is asked of any: matched by key when the reply is here. */
    private static XmlElement wholeList(PathTree.Node parent, List<Step> steps) {
        var content = new LinkedHashSet<XmlElement>();
        var union = new PathTree.Node();
        for (var step : steps) {
            step.keys().forEach(key -> content.add(XmlElement.of(key.namespace(), key.name())));
            merge(child(parent, step), union);
        }
        children(union).stream()
                .filter(c -> !content.contains(XmlElement.of(c.namespace(), c.name())))
                .forEach(content::add);
        return element(steps.getFirst(), List.copyOf(content));
    }

    private static void merge(PathTree.Node from, PathTree.Node into) {
        from.children.forEach(
                (step, child) -> merge(child, into.children.computeIfAbsent(step, _ -> new PathTree.Node())));
    }

    private static PathTree.Node child(PathTree.Node parent, Step step) {
        return Objects.requireNonNull(parent.children.get(step));
    }

    private static XmlElement element(Step step, List<XmlElement> content) {
        return new XmlElement(step.namespace(), step.name(), Map.of(), List.of(), content, "");
    }

    private static String select(MetricPath path, Map<String, String> prefixes) {
        var text = new StringBuilder();
        for (var step : path.steps()) {
            text.append('/').append(name(step.namespace(), step.name(), prefixes));
            for (var key : step.keys()) {
                var quote = key.value().indexOf('\'') < 0 ? '\'' : '"';
                text.append('[')
                        .append(name(key.namespace(), key.name(), prefixes))
                        .append('=')
                        .append(quote)
                        .append(key.value())
                        .append(quote)
                        .append(']');
            }
        }
        return text.toString();
    }

    private static String name(String namespace, String name, Map<String, String> prefixes) {
        return prefixes.computeIfAbsent(namespace, _ -> "p" + prefixes.size()) + ":" + name;
    }
}
