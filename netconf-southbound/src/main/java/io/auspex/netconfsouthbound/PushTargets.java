package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.YangModule;
import io.auspex.netconfsouthbound.MetricPath.Step;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nodes of a tree of paths by the target of an edit, as {@code /ietf-interfaces:interfaces/interface=eth0} (RFC 8072
 * §2.5, RFC 8040 §3.5.3). Lists with several keys are not found: a target does not name its keys, nor does a path know
 * their order.
 */
final class PushTargets {
    private static final int MAX_LENGTH = 4096;

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> moduleOf = new HashMap<>();
    private final PathTree.Node root;

    /** A node, and the step that leads to it; the root has none. */
    record Place(@Nullable Step step, PathTree.Node node) {}

    PushTargets(Collection<MetricPath> paths, Set<YangModule> modules) {
        modules.forEach(m -> moduleOf.putIfAbsent(m.namespace(), m.name()));
        root = PathTree.of(paths);
        add("", "", root);
    }

    /** Whether a target can name everything on the way to a leaf. */
    static boolean canName(MetricPath path, Set<String> namespaces) {
        return path.steps().stream().allMatch(s -> s.keys().size() <= 1 && namespaces.contains(s.namespace()));
    }

    PathTree.Node root() {
        return root;
    }

    /** The node that a target names; empty where nothing of it or below it is wanted. */
    Optional<Place> find(String target) {
        var place = places.get(target);
        if (place != null || target.length() > MAX_LENGTH) {
            return Optional.ofNullable(place);
        }
        return target.isEmpty() || target.equals("/")
                ? Optional.of(new Place(null, root))
                : Optional.ofNullable(places.get(plain(target)));
    }

    private void add(String at, String module, PathTree.Node node) {
        node.children.forEach((step, child) -> {
            var itsModule = moduleOf.getOrDefault(step.namespace(), "");
            var text = new StringBuilder(at).append('/');
            if (!itsModule.equals(module)) {
                text.append(itsModule).append(':');
            }
            text.append(step.name());
            if (!step.keys().isEmpty()) {
                text.append('=').append(encode(step.keys().getFirst().value()));
            }
            places.put(text.toString(), new Place(step, child));
            add(text.toString(), itsModule, child);
        });
    }

    /** The target in the form that this index has: each module named where it changes, each key encoded in one way. */
    private static String plain(String target) {
        var text = new StringBuilder();
        var module = "";
        for (var segment : target.substring(target.startsWith("/") ? 1 : 0).split("/")) {
            var equals = segment.indexOf('=');
            var name = equals < 0 ? segment : segment.substring(0, equals);
            var colon = name.indexOf(':');
            var itsModule = colon < 0 ? module : name.substring(0, colon);
            text.append('/');
            if (!itsModule.equals(module)) {
                text.append(itsModule).append(':');
            }
            text.append(name.substring(colon + 1));
            if (equals >= 0) {
                text.append('=').append(encode(decode(segment.substring(equals + 1))));
            }
            module = itsModule;
        }
        return text.toString();
    }

    private static String encode(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
