package io.auspex.restconfserver;

import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
            if (error.path() != null) {
                out.writeStringProperty("error-path", error.path().toString());
            }
            out.writeStringProperty("error-message", error.message());
            if (!error.info().isEmpty()) {
                out.writeName("error-info");
                out.writeStartObject();
                var members = new LinkedHashMap<String, ErrorInfo>();
                error.info().forEach(i -> members.put(moduleOf(i.namespace()) + ":" + i.name(), i));
                members.forEach((name, info) -> member(out, name, info));
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void member(JsonGenerator out, String name, ErrorInfo info) {
        out.writeName(name);
        if (!info.children().isEmpty()) {
            out.writeStartObject();
            info.children().forEach(c -> member(out, c.name(), c));
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
            if (error.path() != null) {
                var prefixes = new LinkedHashMap<String, String>();
                var path = InstanceIdentifiers.xml(error.path(), module -> {
                    prefixes.put(module.prefix(), module.namespace());
                    return module.prefix();
                });
                text.append("<error-path");
                prefixes.forEach((p, n) -> text.append(" xmlns:")
                        .append(p)
                        .append("=\"")
                        .append(XmlText.escaped(n))
                        .append('"'));
                text.append('>').append(XmlText.escaped(path)).append("</error-path>");
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

    private static void element(StringBuilder text, ErrorInfo info) {
        text.append('<').append(info.name());
        text.append(" xmlns=\"").append(XmlText.escaped(info.namespace())).append('"');
        if (info.value() instanceof Identity identity) {
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
