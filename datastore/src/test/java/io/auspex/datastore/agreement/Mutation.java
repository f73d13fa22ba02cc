package io.auspex.datastore.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One change of a JSON document. */
final class Mutation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final List<JsonNode> holders = new ArrayList<>();
    private final List<JsonNode> scalars = new ArrayList<>();

    private Mutation(Random random) {
        this.random = random;
    }

    static String of(String document, Random random) {
        var root = JSON.readTree(document);
        var mutation = new Mutation(random);
        mutation.collect(root);
        mutation.scalars.add(NODES.stringNode("x"));
        mutation.change();
        return root.toString();
    }

    private void collect(JsonNode node) {
        if (node.isContainer()) {
            if (!node.isEmpty()) {
                holders.add(node);
            }
            node.forEach(this::collect);
        } else {
            scalars.add(node);
        }
    }

    private <E> E any(List<E> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void change() {
        switch (any(holders)) {
            case ObjectNode object -> change(object);
            case ArrayNode array -> change(array);
            case JsonNode other -> throw new IllegalStateException("no container: " + other);
        }
    }

    private void change(ObjectNode object) {
        var name = any(List.copyOf(object.propertyNames()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name + "x", object.remove(name));
            default -> object.set(name, other(object.get(name)));
        }
    }

    private void change(ArrayNode array) {
        var at = random.nextInt(array.size());
        switch (random.nextInt(5)) {
            case 0 -> array.remove(at);
            case 1 -> array.add(array.get(at).deepCopy());
            case 2 -> {
                var first = array.get(0);
                array.set(0, array.get(at));
                array.set(at, first);
            }
            default -> array.set(at, other(array.get(at)));
        }
    }

    private JsonNode other(JsonNode node) {
        if (node.isContainer()) {
            return random.nextInt(3) == 0
                    ? any(scalars)
                    : node instanceof ArrayNode ? NODES.arrayNode() : NODES.objectNode();
        }
        return switch (random.nextInt(7)) {
            case 0 -> any(scalars);
            case 1 -> NODES.stringNode(node.asString() + any(List.of(" ", "x", "0", "/", ":", ".", "é")));
            case 2 -> NODES.numberNode(node.asLong(0) + any(List.of(1, -1, 255, 65536, -300)));
            case 3 -> NODES.stringNode("");
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> NODES.numberNode(any(List.of(0L, -1L, 1L, 4_000_000_000L, 7L)));
            default -> NODES.stringNode(any(List.of("a", "none", "0", "true", "ietf-ip:ipv4", "*", "::1", "1.5")));
        };
    }
}
