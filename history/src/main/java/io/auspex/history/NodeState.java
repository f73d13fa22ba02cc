package io.auspex.history;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subservice as it was configured.
 *
 * @param contact who had it under maintenance; null when it was not
 */
public record NodeState(
        NodeKey key, String label, @Nullable String contact, Map<String, String> parameters, List<Link> dependencies) {
    public NodeState {
        parameters = Map.copyOf(parameters);
        dependencies = List.copyOf(dependencies);
    }

    /**
     * A dependency.
     *
     * @param how the module-qualified dependency type
     */
    public record Link(NodeKey on, String how) {}

    /** All but the key as one text, the same for the same state. */
    String encoded() {
        StringBuilder text = new StringBuilder();
        field(text, label);
        text.append(contact == null ? "-" : "+");
        field(text, contact == null ? "" : contact);
        text.append('\n');
        new TreeMap<>(parameters).forEach((name, value) -> {
            field(text, name);
            field(text, value);
        });
        text.append('\n');
        for (Link link : dependencies) {
            field(text, link.on.type());
            field(text, link.on.id());
            field(text, link.how);
        }
        return text.toString();
    }

    static NodeState decoded(NodeKey key, String text) {
        String[] lines = text.split("\n", -1);
        String[] head = lines[0].split(" ", -1);
        String[] pairs = lines[1].split(" ", -1);
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            parameters.put(plain(pairs[i]), plain(pairs[i + 1]));
        }
        String[] links = lines[2].split(" ", -1);
        List<Link> dependencies = new ArrayList<>();
        for (int i = 0; i + 2 < links.length; i += 3) {
            dependencies.add(new Link(new NodeKey(plain(links[i]), plain(links[i + 1])), plain(links[i + 2])));
        }
        String contact = head[1].startsWith("+") ? plain(head[1].substring(1)) : null;
        return new NodeState(key, plain(head[0]), contact, parameters, dependencies);
    }

    private static void field(StringBuilder text, String value) {
        text.append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append(' ');
    }

    private static String plain(String field) {
        return URLDecoder.decode(field, StandardCharsets.UTF_8);
    }
}
