package io.auspex.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Postman collection (format 2.1, which Bruno imports too) made from an OpenAPI document: a folder for each module, a request
 * for each operation, a variable for each list key.
 */
final class PostmanCollection {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private PostmanCollection() {}

    /**
     * The collection of a document.
     *
     * @param root URL of the RESTCONF root
     */
    static ObjectNode of(JsonNode openApi, String root, String user) {
        var collection = JSON.objectNode();
        collection.putObject("info").put("name", "Auspex").put("schema", FORMAT);
        var basic = collection.putObject("auth").put("type", "basic").putArray("basic");
        basic.addObject().put("key", "username").put("value", "{{user}}").put("type", "string");
        basic.addObject().put("key", "password").put("value", "{{password}}").put("type", "string");
        var variables = new TreeSet<String>();
        Map<String, List<ObjectNode>> folders = new TreeMap<>();
        openApi.path("paths")
                .properties()
                .forEach(path -> METHODS.stream().filter(path.getValue()::has).forEach(method -> {
                    var operation = path.getValue().path(method);
                    PARAMETER.matcher(path.getKey()).results().forEach(p -> variables.add(p.group(1)));
                    folders.computeIfAbsent(operation.path("tags").path(0).asString(), _ -> new ArrayList<>())
                            .add(request(path.getKey(), method, operation));
                }));
        var items = collection.putArray("item");
        folders.forEach((module, requests) ->
                items.addObject().put("name", module).putArray("item").addAll(requests));
        var values = collection.putArray("variable");
        values.addObject().put("key", "restconf").put("value", root);
        values.addObject().put("key", "user").put("value", user);
        values.addObject().put("key", "password").put("value", "");
        variables.forEach(v -> values.addObject().put("key", v).put("value", ""));
        return collection;
    }

    private static ObjectNode request(String path, String method, JsonNode operation) {
        var item = JSON.objectNode().put("name", operation.path("summary").asString());
        var request = item.putObject("request").put("method", method.toUpperCase(java.util.Locale.ROOT));
        request.put("description", operation.path("description").asString(""));
        var headers = request.putArray("header");
        headers.addObject().put("key", "Accept").put("value", "application/yang-data+json");
        var target = PARAMETER.matcher(path).replaceAll("{{$1}}");
        var url = request.putObject("url").put("raw", "{{restconf}}" + target);
        url.putArray("host").add("{{restconf}}");
        var segments = url.putArray("path");
        for (var segment : target.substring(1).split("/", -1)) {
            segments.add(segment);
        }
        var schema = operation
                .path("requestBody")
                .path("content")
                .path("application/yang-data+json")
                .path("schema");
        if (!schema.isMissingNode()) {
            headers.addObject().put("key", "Content-Type").put("value", "application/yang-data+json");
            request.putObject("body")
                    .put("mode", "raw")
                    .put("raw", example(schema).toPrettyString());
        }
        return item;
    }

    /** The outermost member of a body, empty inside, for a person to fill. */
    private static ObjectNode example(JsonNode schema) {
        var example = JSON.objectNode();
        schema.path("properties").properties().stream().findFirst().ifPresent(p -> {
            if (p.getValue().path("type").asString("").equals("array")) {
                example.putArray(p.getKey()).addObject();
            } else {
                example.putObject(p.getKey());
            }
        });
        return example;
    }
}
