package io.auspex.restconfserver.openapi;

import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.schema.ModelContext;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the OpenAPI 3.1.0 document of some modules. */
final class OpenApiDocument {
    private static final String DESCRIPTION = """
        RESTCONF (RFC 8040) on the YANG modules of this server. Containers, lists, their entries, rpcs and actions are \
        listed; each leaf is a resource too, at the path of its parent with its name behind. Values in paths are \
        percent-encoded (RFC 8040 §3.5.3). Everything is also there as application/yang-data+xml, and as \
        {+restconf}/ds/ietf-datastores:NAME instead of data (RFC 8527).\
        """;

    private final ModelContext model;
    private final String root;

    /** @param root path of {+restconf} */
    OpenApiDocument(ModelContext model, String root) {
        this.model = model;
        this.root = root;
    }

    /** @param modules by name, whose top-level nodes and rpcs are told, with what others add to these */
    ObjectNode of(Predicate<String> modules, String version) {
        var document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        var info = document.putObject("info");
        info.put("title", "Auspex").put("version", version).put("description", DESCRIPTION);
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", root);
        var security = document.putArray("security");
        for (var scheme : List.of("password", "token", "certificate")) {
            security.addObject().putArray(scheme);
        }
        var tags = document.putArray("tags");
        model.modules().stream()
                .map(m -> m.name())
                .filter(modules)
                .sorted()
                .forEach(name -> tags.addObject().put("name", name));
        var schemas = new NodeSchemas();
        var items = new PathItems(schemas, document.putObject("paths"));
        model.root().children().stream()
                .filter(n -> modules.test(n.module().name()))
                .forEach(items::addData);
        model.root().operations().stream()
                .filter(n -> modules.test(n.module().name()))
                .forEach(items::addRpc);
        components(document.putObject("components"), schemas);
        return document;
    }

    private static void components(ObjectNode components, NodeSchemas schemas) {
        var all = components.putObject("schemas");
        errors(all.putObject("errors"));
        schemas.components().forEach(all::set);
        PathItems.parameters(components.putObject("parameters"));
        components
                .putObject("responses")
                .putObject("errors")
                .put("description", "What is wrong (RFC 8040 §7.1).")
                .putObject("content")
                .putObject("application/yang-data+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/errors");
        var security = components.putObject("securitySchemes");
        security.putObject("password").put("type", "http").put("scheme", "basic");
        security.putObject("token").put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
        security.putObject("certificate").put("type", "mutualTLS");
    }

    /** RFC 8040 §8, yang-data errors. */
    private static void errors(ObjectNode schema) {
        schema.put("type", "object").putArray("required").add("ietf-restconf:errors");
        var errors = schema.putObject("properties").putObject("ietf-restconf:errors");
        errors.put("type", "object");
        var list = errors.putObject("properties").putObject("error").put("type", "array");
        var error = list.putObject("items").put("type", "object");
        error.putArray("required").add("error-type").add("error-tag");
        var properties = error.putObject("properties");
        var types = properties.putObject("error-type").put("type", "string").putArray("enum");
        List.of("transport", "rpc", "protocol", "application").forEach(types::add);
        var tags = properties.putObject("error-tag").put("type", "string").putArray("examples");
        for (var tag : ErrorTag.values()) {
            tags.add(tag.toString());
        }
        for (var text : List.of("error-app-tag", "error-path", "error-message")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("error-info").put("type", "object");
    }
}
