package io.auspex.history;

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
        EncodedFields.append(text, label);
        text.append(contact == null ? "-" : "+");
        EncodedFields.append(text, contact == null ? "" : contact);
        text.append('\n');
        new TreeMap<>(parameters).forEach((name, value) -> {
            EncodedFields.append(text, name);
            EncodedFields.append(text, value);
        });
        text.append('\n');
        for (Link link : dependencies) {
            EncodedFields.append(text, link.on.type());
            EncodedFields.append(text, link.on.id());
            EncodedFields.append(text, link.how);
        }
        return text.toString();
    }

    /** The state that a text tells; null where it was damaged. */
    static @Nullable NodeState decoded(NodeKey key, String text) {
        try {
            return decodedWhole(key, text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    private static NodeState decodedWhole(NodeKey key, String text) {
        String[] lines = text.split("\n", -1);
        String[] head = EncodedFields.split(lines[0]);
        String[] pairs = EncodedFields.split(lines[1]);
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            parameters.put(EncodedFields.plain(pairs[i]), EncodedFields.plain(pairs[i + 1]));
        }
        String[] links = EncodedFields.split(lines[2]);
        List<Link> dependencies = new ArrayList<>();
        for (int i = 0; i + 2 < links.length; i += 3) {
            dependencies.add(new Link(
                    new NodeKey(EncodedFields.plain(links[i]), EncodedFields.plain(links[i + 1])),
                    EncodedFields.plain(links[i + 2])));
        }
        String contact = head[1].startsWith("+") ? EncodedFields.plain(head[1].substring(1)) : null;
        return new NodeState(key, EncodedFields.plain(head[0]), contact, parameters, dependencies);
    }
}
