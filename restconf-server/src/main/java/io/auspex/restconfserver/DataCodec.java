package io.auspex.restconfserver;

import io.auspex.restconfserver.RestconfRequest.Body;
import io.auspex.restconfserver.http.UnflushedStream;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlReader;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads and writes data nodes in either encoding. */
final class DataCodec {
    private static final byte[] XML_LIST_START =
            "<xml-list xmlns=\"urn:ietf:params:xml:ns:yang:ietf-list-pagination\">".getBytes(StandardCharsets.UTF_8);
    private static final byte[] XML_LIST_END = "</xml-list>".getBytes(StandardCharsets.UTF_8);

    private final JsonReader json;
    private final XmlReader xml;
    private final JsonReader jsonInput;
    private final XmlReader xmlInput;

    DataCodec(ModelContext model, InputLimits limits) {
        jsonInput = new JsonReader(model, limits);
        xmlInput = new XmlReader(model, limits);
        json = jsonInput.configurationOnly();
        xml = xmlInput.configurationOnly();
    }

    /** The resource of a path; configuration only. */
    DataNode resource(Body body, DataPath target) throws YangException, IOException {
        return switch (encoding(body)) {
            case JSON -> json.read(body.http().body(), target);
            case XML -> xml.read(body.http().body(), target);
        };
    }

    /** One child resource of a path; configuration only. */
    DataNode child(Body body, DataPath parent) throws YangException, IOException {
        return switch (encoding(body)) {
            case JSON -> json.readChild(body.http().body(), parent);
            case XML -> xml.readChild(body.http().body(), parent);
        };
    }

    /** The input of an operation; none at all is an empty one. */
    InnerNode input(Body body, DataPath operation) throws YangException, IOException {
        if (body.encoding() == null) {
            return jsonInput.readOperationInput(new byte[0], operation);
        }
        var bytes = body.http().body().readAllBytes();
        return switch (body.encoding()) {
            case JSON -> jsonInput.readOperationInput(bytes, operation);
            case XML -> xmlInput.readOperationInput(bytes, operation);
        };
    }

    /** The encoding of content that has to be there. */
    static Encoding encoding(Body body) throws YangException {
        if (body.encoding() == null) {
            throw new YangException(Failure.MALFORMED, "The request has no content, where a resource is expected.");
        }
        return body.encoding();
    }

    JsonReader json() {
        return json;
    }

    XmlReader xml() {
        return xml;
    }

    /** The entries of a list or leaf-list as one document (draft-ietf-netconf-list-pagination-rc §2.2). */
    void writeXmlList(DataNode node, Annotations annotations, OutputStream out) throws IOException {
        out.write(XML_LIST_START);
        if (!isEmpty(node)) {
            XmlWriter.write(node, new UnflushedStream(out), XmlOptions.COMPACT.with(annotations));
        }
        out.write(XML_LIST_END);
    }

    private static boolean isEmpty(DataNode node) {
        return node instanceof Iterable<?> elements && !elements.iterator().hasNext();
    }

    void write(Encoding encoding, DataNode node, Annotations annotations, OutputStream out) throws IOException {
        var unflushed = new UnflushedStream(out);
        switch (encoding) {
            case JSON -> JsonWriter.write(node, unflushed, JsonOptions.COMPACT.with(annotations));
            case XML -> XmlWriter.write(node, unflushed, XmlOptions.COMPACT.with(annotations));
        }
    }
}
