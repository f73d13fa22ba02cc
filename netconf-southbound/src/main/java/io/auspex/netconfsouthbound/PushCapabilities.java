package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a device says it can tell on change (RFC 9196 §4); a device that says nothing may be able to tell anything. */
final class PushCapabilities {
    static final String SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system-capabilities";
    static final PushCapabilities UNKNOWN = new PushCapabilities(List.of());
    private static final String NOTIFICATION = "urn:ietf:params:xml:ns:yang:ietf-notification-capabilities";

    private final List<Statement> statements;

    /** What is said of a node and what is below it; the last name wins over those before it by its depth. */
    private record Statement(List<Name> node, boolean onChange) {
        boolean isAbout(MetricPath path) {
            if (node.size() > path.steps().size()) {
                return false;
            }
            for (var i = 0; i < node.size(); i++) {
                var step = path.steps().get(i);
                if (!node.get(i).name().equals(step.name())
                        || !Objects.requireNonNullElse(node.get(i).namespace(), step.namespace())
                                .equals(step.namespace())) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Name(@Nullable String namespace, String name) {}

    private PushCapabilities(List<Statement> statements) {
        this.statements = statements;
    }

    /** Reads {@code system-capabilities}. */
    static PushCapabilities of(XmlElement system) {
        var statements = new ArrayList<Statement>();
        add(statements, List.of(), system);
        for (var datastore : system.children(SYSTEM, "datastore-capabilities")) {
            var name = datastore.childText(SYSTEM, "datastore").orElse("").strip();
            if (name.equals("operational") || name.endsWith(":operational")) {
                for (var node : datastore.children(SYSTEM, "per-node-capabilities")) {
                    var selector = node.child(SYSTEM, "node-selector");
                    add(
                            statements,
                            selector.map(s -> names(s.text().strip(), s.scope()))
                                    .orElse(List.of()),
                            node);
                }
            }
        }
        return new PushCapabilities(statements);
    }

    private static void add(List<Statement> statements, List<Name> node, XmlElement holder) {
        holder.child(NOTIFICATION, "subscription-capabilities")
                .flatMap(c -> c.childText(NOTIFICATION, "on-change-supported"))
                .ifPresent(bits -> statements.add(
                        new Statement(node, List.of(bits.strip().split("\\s+")).contains("state-changes"))));
    }

    /** The names of a node-instance-identifier without its keys; a prefix that means nothing here stands for any namespace. */
    private static List<Name> names(String selector, Map<String, String> scope) {
        var names = new ArrayList<Name>();
        for (var step : selector.replaceAll("\\[[^\\]]*\\]", "").split("/")) {
            if (!step.isEmpty()) {
                var colon = step.indexOf(':');
                var prefix = colon < 0 ? "" : step.substring(0, colon);
                names.add(new Name(scope.get(prefix), step.substring(colon + 1)));
            }
        }
        return names;
    }

    /** Whether changes of a state leaf may be had as they happen: what is said of the node nearest to it counts. */
    boolean maySayOnChange(MetricPath path) {
        var depth = -1;
        var answer = true;
        for (var statement : statements) {
            if (statement.node().size() >= depth && statement.isAbout(path)) {
                depth = statement.node().size();
                answer = statement.onChange();
            }
        }
        return answer;
    }
}
