package io.auspex.restconfserver;

import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** The resources of the API itself (RFC 8040 §3.3), which no data tree has. */
sealed interface ApiDocument {
    String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-restconf";
    List<String> CONTAINERS = List.of("data", "operations");
    String VERSION = "yang-library-version";

    /**
     * {+restconf}.
     *
     * @param shown its children that are shown
     */
    record Root(String libraryVersion, Set<String> shown) implements ApiDocument {}

    /** {+restconf}/yang-library-version. */
    record LibraryVersion(String libraryVersion) implements ApiDocument {}

    /** {+restconf}/operations. */
    record Operations(List<SchemaNode> rpcs) implements ApiDocument {}

    /** Writes the document as JSON: the members of the object being written. */
    default void json(JsonGenerator out) {
        switch (this) {
            case Root(var version, var shown) -> {
                out.writeName("ietf-restconf:restconf");
                out.writeStartObject();
                for (var child : CONTAINERS) {
                    if (shown.contains(child)) {
                        out.writeName(child);
                        out.writeStartObject();
                        out.writeEndObject();
                    }
                }
                if (shown.contains(VERSION)) {
                    out.writeStringProperty(VERSION, version);
                }
                out.writeEndObject();
            }
            case LibraryVersion(var version) -> out.writeStringProperty("ietf-restconf:yang-library-version", version);
            case Operations(var rpcs) -> {
                out.writeName("ietf-restconf:operations");
                out.writeStartObject();
                for (var rpc : rpcs) {
                    out.writeName(rpc.qualifiedName());
                    out.writeStartArray();
                    out.writeNull();
                    out.writeEndArray();
                }
                out.writeEndObject();
            }
        }
    }

    /** The document as XML. */
    default String xml() {
        return switch (this) {
            case Root(var version, var shown) -> {
                var text = new StringBuilder("<restconf xmlns=\"" + NAMESPACE + "\">");
                CONTAINERS.stream()
                        .filter(shown::contains)
                        .forEach(c -> text.append('<').append(c).append("/>"));
                if (shown.contains(VERSION)) {
                    text.append("<yang-library-version>").append(version).append("</yang-library-version>");
                }
                yield text.append("</restconf>").toString();
            }
            case LibraryVersion(var version) ->
                "<yang-library-version xmlns=\"" + NAMESPACE + "\">" + version + "</yang-library-version>";
            case Operations(var rpcs) -> {
                var text = new StringBuilder("<operations xmlns=\"" + NAMESPACE + "\">");
                for (var rpc : rpcs) {
                    text.append('<')
                            .append(rpc.name())
                            .append(" xmlns=\"")
                            .append(XmlText.escaped(rpc.namespace()))
                            .append("\"/>");
                }
                yield text.append("</operations>").toString();
            }
        };
    }
}
