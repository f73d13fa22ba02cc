package io.auspex.restconfserver.openapi;

import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The nodes of the schema tree as JSON Schema: each container and list a component of its own, leaves in place. */
final class NodeSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String REFERENCE = "#/components/schemas/";

    private final TypeSchemas types = new TypeSchemas();
    private final Map<SchemaNode, String> names = new HashMap<>();
    private final Map<String, ObjectNode> components = new LinkedHashMap<>();

    /** All components that were referred to so far. */
    Map<String, ObjectNode> components() {
        var all = new LinkedHashMap<>(components);
        all.putAll(types.identities());
        return all;
    }

    /** The name of a node's component. */
    String name(SchemaNode node) {
        var known = names.get(node);
        if (known != null) {
            return known;
        }
        var parent = node.parent().orElse(null);
        var own = parent == null || parent.kind() == NodeKind.ROOT
                ? node.module().name() + "_" + node.name()
                : name(parent) + "." + node.jsonName().replace(':', '_');
        var name = names.containsValue(own) ? own + "_" + node.kind().name().toLowerCase(java.util.Locale.ROOT) : own;
        names.put(node, name);
        return name;
    }

    /** The value of a node's JSON member: an object for a container, an array for a list. */
    ObjectNode value(SchemaNode node) {
        return switch (node.kind()) {
            case LEAF -> leaf(node);
            case LEAF_LIST -> {
                var all = described(JSON.objectNode(), node).put("type", "array");
                all.set("items", types.of(node.type()));
                yield elements(all.put("uniqueItems", node.config()), node);
            }
            case LIST -> {
                var all = JSON.objectNode().put("type", "array");
                all.set("items", reference(node));
                yield elements(all, node);
            }
            case ANYDATA, ANYXML -> described(JSON.objectNode(), node);
            case ROOT, CONTAINER, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> reference(node);
        };
    }

    private static ObjectNode elements(ObjectNode all, SchemaNode node) {
        if (node.minElements() > 0) {
            all.put("minItems", node.minElements());
        }
        if (node.maxElements() != Integer.MAX_VALUE) {
            all.put("maxItems", node.maxElements());
        }
        return all;
    }

    /** Refers to the component of a container or of one list entry, which is made when it is first referred to. */
    ObjectNode reference(SchemaNode node) {
        var name = name(node);
        if (!components.containsKey(name)) {
            components.put(name, JSON.objectNode());
            components.put(name, inner(node));
        }
        return JSON.objectNode().put("$ref", REFERENCE + name);
    }

    private ObjectNode inner(SchemaNode node) {
        var schema = described(JSON.objectNode(), node).put("type", "object");
        var properties = schema.putObject("properties");
        node.children().forEach(c -> properties.set(c.jsonName(), value(c)));
        if (!node.keys().isEmpty()) {
            node.keys().forEach(k -> schema.withArray("required").add(k.jsonName()));
        }
        schema.putObject("patternProperties").putObject("^@").put("description", "Metadata (RFC 7952).");
        return schema.put("additionalProperties", false);
    }

    private ObjectNode leaf(SchemaNode leaf) {
        var schema = described(types.of(leaf.type()), leaf);
        if (!leaf.defaults().isEmpty()) {
            schema.set("default", value(leaf, leaf.defaults().getFirst()));
        }
        return schema;
    }

    private static JsonNode value(SchemaNode leaf, Object value) {
        return switch (leaf.type().jsonForm(value)) {
            case NUMBER -> JSON.numberNode(new BigInteger(value.toString()));
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(value.toString()));
            case EMPTY -> JSON.arrayNode().add(JSON.nullNode());
            case STRING -> JSON.stringNode(value.toString());
        };
    }

    private static ObjectNode described(ObjectNode schema, SchemaNode node) {
        node.description().ifPresent(d -> schema.put("description", plain(d)));
        if (isState(node)) {
            schema.put("readOnly", true);
        }
        if (node.mandatory()) {
            schema.put("x-yang-mandatory", true);
        }
        node.inCase().ifPresent(c -> schema.put("x-yang-case", c.choice().name() + "/" + c.name()));
        return schema;
    }

    /** State, other than what goes into an operation or comes out of it. */
    static boolean isState(SchemaNode node) {
        for (var at = node; at.kind() != NodeKind.ROOT; at = at.parent().orElseThrow()) {
            if (at.kind() == NodeKind.INPUT || at.kind() == NodeKind.OUTPUT) {
                return false;
            }
        }
        return !node.config();
    }

    static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
