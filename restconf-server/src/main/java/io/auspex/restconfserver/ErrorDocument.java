package io.auspex.restconfserver;

import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Errors as a message: the template yang-errors of RFC 8040 §7.1. */
record ErrorDocument(List<YangError> errors, ModelContext model) {
    /** The whole message. */
    byte[] bytes(Encoding encoding) {
        return switch (encoding) {
            case JSON -> {
                var bytes = new ByteArrayOutputStream();
                try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
                    out.writeStartObject();
                    out.writeName("ietf-restconf:errors");
                    json(out);
                    out.writeEndObject();
                }
                yield bytes.toByteArray();
            }
            case XML ->
                ("<errors xmlns=\"" + ApiDocument.NAMESPACE + "\">" + xml() + "</errors>")
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    /** The value of a member errors. */
    void json(JsonGenerator out) {
        out.writeStartObject();
        out.writeName("error");
        out.writeStartArray();
        for (var error : errors) {
            out.writeStartObject();
            out.writeStringProperty("error-type", error.type().toString());
            out.writeStringProperty("error-tag", error.tag().toString());
            if (error.appTag() != null) {
                out.writeStringProperty("error-app-tag", error.appTag());
            }
            if (error.path() != null && !error.path().isRoot()) {
                out.writeStringProperty("error-path", error.path().toString());
            }
            out.writeStringProperty("error-message", error.message());
            if (!error.info().isEmpty()) {
                out.writeName("error-info");
                out.writeStartObject();
                var members = new LinkedHashMap<String, List<ErrorInfo>>();
                error.info()
                        .forEach(i -> members.computeIfAbsent(
                                        moduleOf(i.namespace()) + ":" + i.name(), _ -> new ArrayList<>())
                                .add(i));
                members.forEach((name, all) -> members(out, name, all));
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** What stands several times in XML is an array (RFC 7951 §5.3). */
    private static void members(JsonGenerator out, String name, List<ErrorInfo> all) {
        out.writeName(name);
        if (all.size() == 1) {
            value(out, all.getFirst());
            return;
        }
        out.writeStartArray();
        all.forEach(i -> value(out, i));
        out.writeEndArray();
    }

    private static void value(JsonGenerator out, ErrorInfo info) {
        if (!info.children().isEmpty()) {
            out.writeStartObject();
            info.children().forEach(c -> {
                out.writeName(c.name());
                value(out, c);
            });
            out.writeEndObject();
        } else if (info.value() instanceof Long number) {
            out.writeNumber(number);
        } else {
            out.writeString(info.value().toString());
        }
    }

    private String moduleOf(String namespace) {
        return model.moduleOfNamespace(namespace).map(ModuleInfo::name).orElse("ietf-netconf");
    }

    /** The content of an element errors. */
    String xml() {
        var text = new StringBuilder();
        for (var error : errors) {
            text.append("<error>");
            element(text, "error-type", error.type().toString());
            element(text, "error-tag", error.tag().toString());
            if (error.appTag() != null) {
                element(text, "error-app-tag", error.appTag());
            }
            if (error.path() != null && !error.path().isRoot()) {
                text.append("<error-path");
                place(text, error.path());
                text.append("</error-path>");
            }
            element(text, "error-message", error.message());
            if (!error.info().isEmpty()) {
                text.append("<error-info>");
                error.info().forEach(i -> element(text, i));
                text.append("</error-info>");
            }
            text.append("</error>");
        }
        return text.toString();
    }

    /** The rest of a start tag, with the prefixes of a path, and the path. */
    private static void place(StringBuilder text, DataPath path) {
        var prefixes = new LinkedHashMap<String, String>();
        var shown = InstanceIdentifiers.xml(path, module -> {
            var other = prefixes.putIfAbsent(module.prefix(), module.namespace());
            if (other == null || other.equals(module.namespace())) {
                return module.prefix();
            }
            prefixes.put(module.name(), module.namespace());
            return module.name();
        });
        prefixes.forEach((p, n) -> text.append(" xmlns:")
                .append(p)
                .append("=\"")
                .append(XmlText.escaped(n))
                .append('"'));
        text.append('>').append(XmlText.escaped(shown));
    }

    private static void element(StringBuilder text, ErrorInfo info) {
        text.append('<').append(info.name());
        text.append(" xmlns=\"").append(XmlText.escaped(info.namespace())).append('"');
        if (info.value() instanceof DataPath path) {
            place(text, path);
        } else if (info.value() instanceof Identity identity) {
            var module = identity.module();
            text.append(" xmlns:").append(module.prefix()).append("=\"");
            text.append(XmlText.escaped(module.namespace())).append("\">");
            text.append(module.prefix()).append(':').append(identity.name());
        } else {
            text.append('>').append(XmlText.escaped(info.value().toString()));
        }
        info.children().forEach(c -> element(text, c));
        text.append("</").append(info.name()).append('>');
    }

    private static void element(StringBuilder text, String name, String value) {
        text.append('<').append(name).append('>');
        text.append(XmlText.escaped(value)).append("</").append(name).append('>');
    }
}
