package io.auspex.notifications.push;

import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Data nodes as the content of an anydata node (RFC 7950 §7.10), in one encoding. */
public final class Anydata {
    /** The largest content that is made. */
    static final int MOST_BYTES = 64 << 20;

    private Anydata() {}

    /**
     * The children of a root.
     *
     * @throws YangException when they are larger than is allowed
     */
    public static OpaqueNode children(SchemaNode anydata, InnerNode root, OpaqueNode.Encoding encoding)
            throws YangException {
        return opaque(anydata, encoding, out -> {
            switch (encoding) {
                case JSON -> {
                    try (var json = JsonWriter.open(out, JsonOptions.COMPACT)) {
                        json.writeStartObject();
                        JsonWriter.writeMembers(json, root, Annotations.NONE);
                        json.writeEndObject();
                    }
                }
                case XML -> {
                    var xml = new Utf8Xml(out);
                    XmlWriter.writeChildren(xml, root, XmlOptions.COMPACT);
                    xml.flush();
                }
            }
        });
    }

    /**
     * One node, as a resource (RFC 8072 §2.5).
     *
     * @throws YangException when it is larger than is allowed
     */
    public static OpaqueNode resource(SchemaNode anydata, DataNode node, OpaqueNode.Encoding encoding)
            throws YangException {
        return opaque(anydata, encoding, out -> {
            switch (encoding) {
                case JSON -> JsonWriter.write(node, out, JsonOptions.COMPACT);
                case XML -> XmlWriter.write(node, out, XmlOptions.COMPACT);
            }
        });
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static OpaqueNode opaque(SchemaNode anydata, OpaqueNode.Encoding encoding, Content content)
            throws YangException {
        var bytes = new Bounded();
        try {
            content.write(bytes);
        } catch (IOException | RuntimeException e) {
            if (bytes.full) {
                throw new YangException(Failure.ANSWER_TOO_BIG, "an update has more than " + MOST_BYTES + " bytes");
            }
            throw e instanceof RuntimeException fault ? fault : new UncheckedIOException((IOException) e);
        }
        return new OpaqueNode(anydata, encoding, bytes.toString(StandardCharsets.UTF_8));
    }

    /** Takes so many bytes and no more. */
    private static final class Bounded extends ByteArrayOutputStream {
        private boolean full;

        private void check(int more) {
            full = full || count + more > MOST_BYTES;
            if (full) {
                throw new IllegalStateException("too many bytes");
            }
        }

        @Override
        public synchronized void write(int b) {
            check(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            check(length);
            super.write(bytes, from, length);
        }
    }
}
