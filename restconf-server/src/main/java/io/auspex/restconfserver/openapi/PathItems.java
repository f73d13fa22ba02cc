package io.auspex.restconfserver.openapi;

import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The resources of RESTCONF as path items: containers, lists and their entries, actions and rpcs (RFC 8040 §3.3). */
final class PathItems {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MEDIA_TYPE = "application/yang-data+json";
    private static final List<String> READ = List.of("content", "depth", "fields", "with-defaults");

    private final NodeSchemas schemas;
    private final ObjectNode paths;

    /**
     * Where a resource is.
     *
     * @param path with parameters in braces
     * @param keys the leaves that the parameters are
     * @param names of the parameters
     */
    private record Place(String path, List<SchemaNode> keys, List<String> names) {
        Place below(SchemaNode child) {
            return new Place(
                    path + "/" + (names.isEmpty() && path.equals("/data") ? child.qualifiedName() : child.jsonName()),
                    keys,
                    names);
        }

        /** The place of one entry of the list that this is the place of. */
        Place entry(SchemaNode list) {
            var moreKeys = new ArrayList<>(keys);
            var moreNames = new ArrayList<>(names);
            var inPath = new ArrayList<String>();
            for (var key : list.keys()) {
                var name = list.name() + "-" + key.name();
                var unique = moreNames.contains(name) ? name + "-" + moreNames.size() : name;
                moreKeys.add(key);
                moreNames.add(unique);
                inPath.add("{" + unique + "}");
            }
            return new Place(path + "=" + String.join(",", inPath), moreKeys, moreNames);
        }
    }

    PathItems(NodeSchemas schemas, ObjectNode paths) {
        this.schemas = schemas;
        this.paths = paths;
    }

    /** Adds a top-level node with all below it. */
    void addData(SchemaNode top) {
        add(top, new Place("/data", List.of(), List.of()).below(top));
    }

    private void add(SchemaNode node, Place place) {
        switch (node.kind()) {
            case CONTAINER -> {
                resource(node, place, node.kind());
                below(node, place);
            }
            case LIST -> {
                var all = item(place);
                read(all.putObject("get"), "Read all entries of " + node, node, "list", schemas.value(node));
                if (!node.keys().isEmpty()) {
                    var entry = place.entry(node);
                    resource(node, entry, node.kind());
                    below(node, entry);
                }
            }
            case LEAF, LEAF_LIST, ANYDATA, ANYXML, ROOT, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> {}
        }
    }

    private void below(SchemaNode node, Place place) {
        node.children().forEach(c -> add(c, place.below(c)));
        node.operations()
                .forEach(action -> invoke(
                        action, new Place(place.path() + "/" + action.qualifiedName(), place.keys(), place.names())));
    }

    /** Adds an rpc. */
    void addRpc(SchemaNode rpc) {
        invoke(rpc, new Place("/operations/" + rpc.qualifiedName(), List.of(), List.of()));
    }

    private ObjectNode item(Place place) {
        var item = paths.putObject(place.path());
        if (!place.keys().isEmpty()) {
            var parameters = item.putArray("parameters");
            for (var i = 0; i < place.keys().size(); i++) {
                var parameter = parameters
                        .addObject()
                        .put("name", place.names().get(i))
                        .put("in", "path")
                        .put("required", true);
                var key = place.keys().get(i);
                key.description().ifPresent(d -> parameter.put("description", NodeSchemas.plain(d)));
                parameter.set("schema", schemas.value(key));
            }
        }
        return item;
    }

    private void resource(SchemaNode node, Place place, NodeKind kind) {
        var item = item(place);
        var one = kind == NodeKind.LIST ? array(schemas.reference(node)) : schemas.value(node);
        read(item.putObject("get"), "Read " + node, node, "", one);
        if (!node.config()) {
            return;
        }
        var children = node.children().stream().filter(SchemaNode::config).toList();
        if (!children.isEmpty()) {
            var post = operation(item.putObject("post"), "Create a child of " + node, node, "create");
            post.set("requestBody", body(child(children)));
            answers(post, "201", "Created.");
        }
        var put = operation(item.putObject("put"), "Create or replace " + node, node, "replace");
        put.set("requestBody", body(member(node, one)));
        answers(put, "201", "Created.");
        put.withObject("responses").putObject("204").put("description", "Replaced.");
        var patch = operation(item.putObject("patch"), "Merge into " + node, node, "merge");
        patch.set("requestBody", body(member(node, one)));
        answers(patch, "204", "Merged.");
        answers(operation(item.putObject("delete"), "Delete " + node, node, "delete"), "204", "Deleted.");
    }

    private static ObjectNode array(ObjectNode items) {
        var array = JSON.objectNode().put("type", "array").put("minItems", 1).put("maxItems", 1);
        array.set("items", items);
        return array;
    }

    /** An object that has the node as its only member, by its qualified name (RFC 7951 §4). */
    private static ObjectNode member(SchemaNode node, ObjectNode value) {
        var object = JSON.objectNode().put("type", "object");
        object.putObject("properties").set(node.qualifiedName(), value);
        object.putArray("required").add(node.qualifiedName());
        return object;
    }

    private ObjectNode child(List<SchemaNode> children) {
        var object = JSON.objectNode().put("type", "object").put("minProperties", 1);
        var properties = object.putObject("properties");
        children.forEach(c -> properties.set(c.qualifiedName(), schemas.value(c)));
        return object;
    }

    private void read(ObjectNode get, String summary, SchemaNode node, String what, ObjectNode value) {
        operation(get, summary, node, what.isEmpty() ? "read" : "read-" + what);
        var parameters = get.putArray("parameters");
        READ.forEach(p -> parameters.addObject().put("$ref", "#/components/parameters/" + p));
        answers(get, "200", "What is there.").set("content", content(member(node, value)));
    }

    private void invoke(SchemaNode operation, Place place) {
        var post = operation(item(place).putObject("post"), "Invoke " + operation.qualifiedName(), operation, "invoke");
        var responses = new HashSet<String>();
        for (var part : operation.children()) {
            if (part.children().isEmpty()) {
                continue;
            }
            var name = operation.module().name() + ":" + (part.kind() == NodeKind.INPUT ? "input" : "output");
            var object = JSON.objectNode().put("type", "object");
            object.putObject("properties").set(name, schemas.reference(part));
            if (part.kind() == NodeKind.INPUT) {
                post.set("requestBody", body(object));
            } else {
                answers(post, "200", "Done.").set("content", content(object));
                responses.add("200");
            }
        }
        if (responses.isEmpty()) {
            answers(post, "204", "Done.");
        }
    }

    private ObjectNode operation(ObjectNode operation, String summary, SchemaNode node, String verb) {
        operation.put("operationId", verb + "_" + schemas.name(node)).put("summary", summary);
        node.description().ifPresent(d -> operation.put("description", NodeSchemas.plain(d)));
        operation.putArray("tags").add(node.module().name());
        return operation;
    }

    /** Adds the answer to success, and the one to failure; returns the first. */
    private static ObjectNode answers(ObjectNode operation, String status, String description) {
        var responses = operation.putObject("responses");
        var success = responses.putObject(status).put("description", description);
        responses.putObject("4XX").put("$ref", "#/components/responses/errors");
        responses.putObject("5XX").put("$ref", "#/components/responses/errors");
        return success;
    }

    private static ObjectNode body(ObjectNode schema) {
        var body = JSON.objectNode().put("required", true);
        body.set("content", content(schema));
        return body;
    }

    private static ObjectNode content(ObjectNode schema) {
        var content = JSON.objectNode();
        content.putObject(MEDIA_TYPE).set("schema", schema);
        return content;
    }

    /** What the items refer to besides schemas. */
    static void parameters(ObjectNode parameters) {
        query(parameters, "content", "Which data: configuration, state or both (RFC 8040 §4.8.1).")
                .putObject("schema")
                .put("type", "string")
                .putArray("enum")
                .addAll(strings(List.of("config", "nonconfig", "all")));
        query(parameters, "depth", "How many levels, the resource being the first (RFC 8040 §4.8.2).")
                .putObject("schema")
                .putArray("anyOf")
                .add(JSON.objectNode().put("type", "integer").put("minimum", 1).put("maximum", 65_535))
                .add(JSON.objectNode().put("const", "unbounded"));
        query(parameters, "fields", "Which descendants, such as a;b(c;d) (RFC 8040 §4.8.3).")
                .putObject("schema")
                .put("type", "string");
        query(parameters, "with-defaults", "How default values are shown (RFC 8040 §4.8.9).")
                .putObject("schema")
                .put("type", "string")
                .putArray("enum")
                .addAll(strings(List.of("report-all", "report-all-tagged", "trim", "explicit")));
    }

    private static ObjectNode query(ObjectNode parameters, String name, String description) {
        return parameters.putObject(name).put("name", name).put("in", "query").put("description", description);
    }

    private static ArrayNode strings(List<String> texts) {
        var array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
