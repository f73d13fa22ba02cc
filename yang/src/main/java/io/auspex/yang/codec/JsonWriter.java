package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.NodeKind;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes data trees in JSON (RFC 7951) while they are read, so that memory does not grow with the answer. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENT)
            .withArrayIndenter(INDENT);

    private JsonWriter() {}

    /**
     * Writes a resource (RFC 8040 §5): one member qualified by its module; a list entry as an array of one; the root as
     * ietf-restconf:data. The stream stays open and is not flushed further than to itself.
     */
    public static void write(DataNode node, OutputStream out, JsonOptions options) throws IOException {
        try (var generator = open(out, options)) {
            generator.writeStartObject();
            writeMember(generator, node, options.annotations());
            generator.writeEndObject();
        } catch (JacksonIOException e) {
            throw (IOException) e.getCause();
        }
    }

    /** A generator for messages that hold nodes among other things; closing it leaves the stream open. */
    public static JsonGenerator open(OutputStream out, JsonOptions options) {
        return FACTORY.createGenerator(options.pretty() ? new PrettyContext() : ObjectWriteContext.empty(), out);
    }

    /** Writes a node as a member of the object being written, as {@link #write} does; a list without entries not at all. */
    public static void writeMember(JsonGenerator out, DataNode node, Annotations annotations) {
        var output = new JsonOutput(out, annotations);
        var schema = node.schema();
        if (schema.kind() == NodeKind.ROOT) {
            out.writeName(JsonReader.DATA);
            output.object((InnerNode) node);
        } else if (node instanceof InnerNode entry && schema.kind() == NodeKind.LIST) {
            out.writeName(schema.encodedQualifiedName());
            out.writeStartArray();
            output.object(entry);
            out.writeEndArray();
        } else {
            output.member(node, schema.encodedQualifiedName());
        }
    }

    /** Writes the children of a node as members of the object being written, named as below that node. */
    public static void writeMembers(JsonGenerator out, InnerNode node, Annotations annotations) {
        new JsonOutput(out, annotations).members(node);
    }

    /** Writes a container, list entry, input, output or notification as an object, without its name. */
    public static void writeObject(JsonGenerator out, InnerNode node, Annotations annotations) {
        new JsonOutput(out, annotations).object(node);
    }

    /** Writes the entries of a list into the array being written. */
    public static void writeEntries(JsonGenerator out, ListNode list, Annotations annotations) {
        var output = new JsonOutput(out, annotations);
        list.forEach(output::object);
    }

    private static final class PrettyContext extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return PRETTY.createInstance();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
