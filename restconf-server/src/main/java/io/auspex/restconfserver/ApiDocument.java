package io.auspex.restconfserver;

import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The resources of the API itself (RFC 8040 §3.3), which no data tree has. */
sealed interface ApiDocument {
    String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-restconf";

    /** {+restconf}. */
    record Root(String libraryVersion) implements ApiDocument {}

    /** {+restconf}/yang-library-version. */
    record LibraryVersion(String libraryVersion) implements ApiDocument {}

    /** {+restconf}/operations. */
    record Operations(List<SchemaNode> rpcs) implements ApiDocument {}

    /** Writes the document as JSON: the members of the object being written. */
    default void json(JsonGenerator out) {
        switch (this) {
            case Root(var version) -> {
                out.writeName("ietf-restconf:restconf");
                out.writeStartObject();
                for (var child : List.of("data", "operations")) {
                    out.writeName(child);
                    out.writeStartObject();
                    out.writeEndObject();
                }
                out.writeStringProperty("yang-library-version", version);
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
            case Root(var version) ->
                "<restconf xmlns=\"" + NAMESPACE + "\"><data/><operations/><yang-library-version>" + version
                        + "</yang-library-version></restconf>";
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
