package io.auspex.yang.codec;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads data trees in XML (RFC 7950) as immutable nodes, behind {@link XmlInput}.
 *
 * <p>Errors name the node, line and column, what was got and what is expected. A reader may be used by several threads.
 * The methods that take an {@link XMLStreamReader} begin at the start of an element and leave it at its end.
 */
public final class XmlReader {
    static final String RESTCONF = "urn:ietf:params:xml:ns:yang:ietf-restconf";
    static final String NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0";

    private final ModelContext model;
    private final InputLimits limits;
    private final boolean stateAllowed;

    public XmlReader(ModelContext model, InputLimits limits) {
        this(model, limits, true);
    }

    private XmlReader(ModelContext model, InputLimits limits, boolean stateAllowed) {
        this.model = model;
        this.limits = limits;
        this.stateAllowed = stateAllowed;
    }

    /** A reader that refuses state below configuration, instead of leaving that to its caller. */
    public XmlReader configurationOnly() {
        return new XmlReader(model, limits, false);
    }

    /**
     * The resource of a path, whose name the root element has (RFC 8040 §5).
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

    /** One child resource of a path, of any name (RFC 8040 §4.4.1); list and leaf-list as in {@link #read}. */
    public DataNode readChild(byte[] message, DataPath parent) throws YangException {
        return inMemory(message, tree -> tree.child(parent));
    }

    /** As {@link #readChild(byte[], DataPath)}. */
    public DataNode readChild(InputStream message, DataPath parent) throws YangException, IOException {
        return whole(message, tree -> tree.child(parent));
    }

    /** A whole datastore: element data of ietf-restconf, or data or config of NETCONF. */
    public TreeNode readRoot(byte[] message) throws YangException {
        return (TreeNode) read(message, DataPath.root(model.root()));
    }

    /** As {@link #readRoot(byte[])}. */
    public TreeNode readRoot(InputStream message) throws YangException, IOException {
        return (TreeNode) read(message, DataPath.root(model.root()));
    }

    /**
     * The input of an rpc or action as RESTCONF has it, element input (RFC 8040 §3.6.1); an empty message is an empty
     * input.
     */
    public InnerNode readOperationInput(byte[] message, DataPath operation) throws YangException {
        var input = input(operation.schema());
        return message.length == 0 ? TreeNode.empty(input) : (InnerNode) read(message, operation.child(input));
    }

    private static SchemaNode input(SchemaNode operation) {
        return operation
                .child("input")
                .orElseThrow(() -> new IllegalArgumentException(operation + " is no rpc or action"));
    }

    /** As {@link #read(byte[], DataPath)} for an element within a message. */
    public DataNode readResource(XMLStreamReader in, DataPath target) throws YangException {
        return part(in, tree -> tree.resource(target));
    }

    /** As {@link #readChild(byte[], DataPath)} for an element within a message. */
    public DataNode readChild(XMLStreamReader in, DataPath parent) throws YangException {
        return part(in, tree -> tree.child(parent));
    }

    /** The content of an element, whatever its name, as that of a node: of the root the content of data or config. */
    public DataNode readValue(XMLStreamReader in, DataPath target) throws YangException {
        return part(in, tree -> tree.value(target));
    }

    /** The input of an rpc as NETCONF has it: the content of the operation's element. */
    public InnerNode readRpc(XMLStreamReader in, SchemaNode rpc) throws YangException {
        var path = DataPath.root(model.root()).child(rpc);
        return (InnerNode) readValue(in, path.child(input(rpc)));
    }

    /** The action in NETCONF's element {@code action} (RFC 7950 §7.15.2). */
    public ActionCall readAction(XMLStreamReader in) throws YangException {
        return part(in, tree -> tree.action(DataPath.root(model.root())));
    }

    /**
     * The edits in NETCONF's element {@code config} (RFC 6241 §7.2).
     *
     * @param defaultOperation of elements that have no operation of their own or above
     */
    public EditTree readEdit(XMLStreamReader in, EditOperation defaultOperation) throws YangException {
        return part(in, tree -> tree.edit(model.root(), defaultOperation));
    }

    private interface Reading<T> {
        T from(XmlTree tree) throws YangException, XMLStreamException;
    }

    private <T> T part(XMLStreamReader in, Reading<T> reading) throws YangException {
        try {
            return reading.from(new XmlTree(model, stateAllowed, in));
        } catch (XMLStreamException e) {
            throw XmlRefused.describe(e);
        }
    }

    private <T> T inMemory(byte[] message, Reading<T> reading) throws YangException {
        try {
            return whole(new ByteArrayInputStream(message), reading);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private <T> T whole(InputStream message, Reading<T> reading) throws YangException, IOException {
        try {
            var in = XmlInput.open(message, limits);
            in.nextTag();
            var node = part(in, reading);
            XmlInput.finish(in);
            return node;
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io && !(io instanceof StrictUtf8.Refused)) {
                throw io;
            }
            throw XmlRefused.describe(e);
        }
    }
}
