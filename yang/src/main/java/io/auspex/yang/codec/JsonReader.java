package io.auspex.yang.codec;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads data trees in JSON (RFC 7951) as immutable nodes. It is strict: UTF-8 only, no member twice, no trailing tokens,
 * and every limit of {@link InputLimits}.
 *
 * <p>Errors name the node, line and column, what was got and what is expected. A reader may be used by several threads.
 */
public final class JsonReader {
    static final String DATA = "ietf-restconf:data";

    private final ModelContext model;
    private final InputLimits limits;
    private final boolean stateAllowed;
    private final JsonFactory factory;

    public JsonReader(ModelContext model, InputLimits limits) {
        this(model, limits, true);
    }

    private JsonReader(ModelContext model, InputLimits limits, boolean stateAllowed) {
        this.model = model;
        this.limits = limits;
        this.stateAllowed = stateAllowed;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNameLength(limits.nameBytes())
                        .maxStringLength(limits.textBytes())
                        .maxNumberLength(limits.numberDigits())
                        .build())
                .build();
    }

    /** A reader that refuses state below configuration, instead of leaving that to its caller. */
    public JsonReader configurationOnly() {
        return new JsonReader(model, limits, false);
    }

    /**
     * The resource of a path: {@code {"module:name": value}}; of a list or leaf-list the array of its one entry
     * (RFC 8040 §5).
     *
     * @return the node; of a list the entry, of a leaf-list a leaf-list of one value. The keys of an entry need not be
     *     those of the path
     */
    public DataNode read(byte[] message, DataPath target) throws YangException {
        return inMemory(message, tree -> tree.resource(target));
    }

    /** As {@link #read(byte[], DataPath)}; an {@link IOException} is a fault of the stream itself. */
    public DataNode read(InputStream message, DataPath target) throws YangException, IOException {
        return whole(message, tree -> tree.resource(target));
    }

    /** As {@link #read(byte[], DataPath)} where the keys above are not known, so that error paths are without them. */
    public DataNode read(byte[] message, SchemaNode expected) throws YangException {
        return read(message, DataPath.of(expected));
    }

    /** As {@link #read(byte[], SchemaNode)}. */
    public DataNode read(InputStream message, SchemaNode expected) throws YangException, IOException {
        return read(message, DataPath.of(expected));
    }

    /**
     * One child resource of a path, of any name (RFC 8040 §4.4.1).
     *
     * @return the child; of a list the entry, of a leaf-list a leaf-list of one value
     */
    public DataNode readChild(byte[] message, DataPath parent) throws YangException {
        return inMemory(message, tree -> tree.child(parent));
    }

    /** As {@link #readChild(byte[], DataPath)}. */
    public DataNode readChild(InputStream message, DataPath parent) throws YangException, IOException {
        return whole(message, tree -> tree.child(parent));
    }

    /** As {@link #readChild(byte[], DataPath)}, error paths without keys. */
    public DataNode readChild(byte[] message, SchemaNode parent) throws YangException {
        return readChild(message, DataPath.of(parent));
    }

    /** As {@link #readChild(byte[], SchemaNode)}. */
    public DataNode readChild(InputStream message, SchemaNode parent) throws YangException, IOException {
        return readChild(message, DataPath.of(parent));
    }

    /** A whole datastore: {@code {"module:name": …}}, or the same below the one member ietf-restconf:data. */
    public TreeNode readRoot(byte[] message) throws YangException {
        return (TreeNode) inMemory(message, tree -> tree.document(DataPath.root(model.root())));
    }

    /** As {@link #readRoot(byte[])}. */
    public TreeNode readRoot(InputStream message) throws YangException, IOException {
        return (TreeNode) whole(message, tree -> tree.document(DataPath.root(model.root())));
    }

    /**
     * The input of an rpc or action: {@code {"module:input": …}} (RFC 8040 §3.6.1); an empty message is an empty input.
     *
     * @param operation the path of the rpc or action, below the root or the node it is invoked on
     */
    public InnerNode readOperationInput(byte[] message, DataPath operation) throws YangException {
        var input = input(operation.schema());
        return message.length == 0 ? TreeNode.empty(input) : (InnerNode) read(message, operation.child(input));
    }

    /** As {@link #readOperationInput(byte[], DataPath)}, error paths without keys. */
    public InnerNode readOperationInput(byte[] message, SchemaNode operation) throws YangException {
        return readOperationInput(message, DataPath.of(operation));
    }

    /** As {@link #readOperationInput(byte[], SchemaNode)}; the stream is read whole before. */
    public InnerNode readOperationInput(InputStream message, SchemaNode operation) throws YangException, IOException {
        return readOperationInput(bytes(message), operation);
    }

    private byte[] bytes(InputStream message) throws YangException, IOException {
        var bytes = message.readNBytes(limits.messageBytes());
        if (bytes.length == limits.messageBytes() && message.read() >= 0) {
            throw new YangException(
                    Failure.MESSAGE_TOO_BIG, "the message has more than " + limits.messageBytes() + " bytes");
        }
        return bytes;
    }

    private static SchemaNode input(SchemaNode operation) {
        return operation
                .child("input")
                .orElseThrow(() -> new IllegalArgumentException(operation + " is no rpc or action"));
    }

    /** A parser with the limits of this reader, for messages that hold data nodes among other things. */
    public JsonParser open(InputStream message) {
        return factory.createParser(ObjectReadContext.empty(), new StrictUtf8(message, limits.messageBytes()));
    }

    /** As {@link #read(byte[], DataPath)} for an object within a message, at whose start the parser stands. */
    public DataNode readResource(JsonParser parser, DataPath target) throws YangException {
        return part(parser, tree -> tree.resource(target));
    }

    /** As {@link #readChild(byte[], DataPath)} for an object within a message, at whose start the parser stands. */
    public DataNode readChild(JsonParser parser, DataPath parent) throws YangException {
        return part(parser, tree -> tree.child(parent));
    }

    /** The bare value of a node (without its name) at whose start the parser stands, left at its last token. */
    public DataNode readValue(JsonParser parser, DataPath target) throws YangException {
        return part(parser, tree -> tree.value(target, target.schema()));
    }

    /** The text of the value at whose start the parser stands, to be read later; the parser is left at its last token. */
    public String capture(JsonParser parser) throws YangException {
        try {
            return JsonOpaque.capture(parser);
        } catch (JsonOpaque.Refused e) {
            throw new YangException(Failure.MALFORMED, String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private interface Reading {
        DataNode from(JsonTree tree) throws YangException;
    }

    private DataNode part(JsonParser parser, Reading reading) throws YangException {
        try {
            return reading.from(new JsonTree(model, limits, stateAllowed, parser));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private DataNode inMemory(byte[] message, Reading reading) throws YangException {
        try {
            return whole(new ByteArrayInputStream(message), reading);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private DataNode whole(InputStream message, Reading reading) throws YangException, IOException {
        try (var parser = open(message)) {
            parser.nextToken();
            var node = part(parser, reading);
            if (parser.nextToken() != null) {
                throw new YangException(
                        Failure.MALFORMED,
                        "line " + parser.currentTokenLocation().getLineNr() + ", column "
                                + parser.currentTokenLocation().getColumnNr() + ": something follows the message");
            }
            return node;
        } catch (JacksonIOException e) {
            if (e.getCause() instanceof StrictUtf8.Refused refused) {
                throw new YangException(refused.failure(), String.valueOf(refused.getMessage()));
            }
            if (e.getCause() instanceof CharConversionException wrong) {
                throw new YangException(Failure.MALFORMED, "not UTF-8: " + wrong.getMessage());
            }
            throw (IOException) e.getCause();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** A fault of the parser as a client sees it: place and reason, nothing of the inside. */
    private static YangException malformed(JacksonException fault) {
        if (fault instanceof JacksonIOException) {
            throw fault;
        }
        var message = String.valueOf(fault.getOriginalMessage());
        var failure = fault instanceof StreamConstraintsException && message.startsWith("String value")
                ? Failure.MESSAGE_TOO_BIG
                : Failure.MALFORMED;
        var at = fault.getLocation();
        var where = at == null || at.getLineNr() < 0
                ? "not well-formed JSON"
                : "not well-formed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new YangException(YangError.of(failure, where + ": " + message));
    }
}
