package io.auspex.netconfserver.operation;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Precondition;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.NetconfOperation.EditConfig;
import io.auspex.netconfserver.operation.NetconfOperation.EditData;
import io.auspex.netconfserver.operation.NetconfOperation.EditFromUrl;
import io.auspex.netconfserver.operation.NetconfOperation.ErrorOption;
import io.auspex.netconfserver.operation.NetconfOperation.Invoke;
import io.auspex.netconfserver.operation.NetconfOperation.TestOption;
import io.auspex.netconfserver.txid.TxidConditions;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.EditOperation;
import io.auspex.yang.codec.EditTree;
import io.auspex.yang.codec.XmlInput;
import io.auspex.yang.codec.XmlReader;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads operations that hold data of YANG modules; the data goes from the message into nodes without a stop between. */
public final class ConfigParser {
    /** The namespace of {@code action} and of insert attributes (RFC 7950 §5.3.1). */
    static final String YANG_1 = "urn:ietf:params:xml:ns:yang:1";

    /** RFC 8526 §3. */
    public static final String NMDA = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";

    private final ModelContext model;
    private final XmlReader reader;
    private final XmlReader configReader;

    public ConfigParser(ModelContext model) {
        this.model = model;
        this.reader = new XmlReader(model, InputLimits.DEFAULT);
        this.configReader = reader.configurationOnly();
    }

    /** The element {@code config} of an operation and what stands beside it. */
    private record Parts(Parameters parameters, @Nullable EditTree config) {}

    /** RFC 6241 §7.2; the reader stands at the start of {@code edit-config}. */
    NetconfOperation editConfig(XMLStreamReader in, Map<String, String> scope)
            throws XMLStreamException, YangException {
        var parts = parts("edit-config", BASE, in, scope);
        var parameters = parts.parameters();
        var target = Places.datastore(parameters, "target");
        var defaultOperation = defaultOperation(parameters);
        var test = parameters.text("test-option");
        var onError = option(
                parameters,
                "error-option",
                List.of("stop-on-error", "continue-on-error", "rollback-on-error"),
                "stop-on-error");
        var url = parameters.take("url");
        var told = OperationParser.told(parameters);
        parameters.end();
        // a candidate may be built up in steps that are not valid each: a test is made only where one is asked for
        var option = target == DatastoreName.CANDIDATE && test.isEmpty() ? "set" : test.orElse("test-then-set");
        var testOption = switch (option) {
            case "test-then-set" -> TestOption.TEST_THEN_SET;
            case "set" -> TestOption.SET;
            case "test-only" -> TestOption.TEST_ONLY;
            default -> throw parameters.badValue("test-option", option, "test-then-set, set, test-only");
        };
        var errorOption = onError.equals("continue-on-error") ? ErrorOption.CONTINUE : ErrorOption.ROLLBACK;
        if (url.isPresent() && parts.config() == null) {
            var from = Places.uri(parameters, url.get());
            return new EditFromUrl(
                    "edit-config", "ietf-netconf", target, testOption, errorOption, defaultOperation, from);
        }
        var config = config(parts, url.isPresent());
        return new EditConfig(target, testOption, errorOption, EditCompiler.compile(config), known(config), told);
    }

    /** RFC 8526 §3.1.2; the reader stands at the start of {@code edit-data}. */
    NetconfOperation editData(XMLStreamReader in, Map<String, String> scope) throws XMLStreamException, YangException {
        var parts = parts("edit-data", NMDA, in, scope);
        var parameters = parts.parameters();
        var datastore = Places.edited(NmdaParser.nmdaDatastore(parameters), parameters);
        var defaultOperation = defaultOperation(parameters);
        var url = parameters.take("url");
        var told = OperationParser.told(parameters);
        parameters.end();
        if (url.isPresent() && parts.config() == null) {
            return new EditFromUrl(
                    "edit-data",
                    "ietf-netconf-nmda",
                    datastore,
                    TestOption.SET,
                    ErrorOption.ROLLBACK,
                    defaultOperation,
                    Places.uri(parameters, url.get()));
        }
        var config = config(parts, url.isPresent());
        return new EditData(datastore, EditCompiler.compile(config), known(config), told);
    }

    private static Map<DataPath, Precondition> known(EditTree config) {
        return TxidConditions.of(config, EditCompiler::pathOf);
    }

    private static EditTree config(Parts parts, boolean url) throws YangException {
        if (parts.config() == null) {
            throw parts.parameters().error(Failure.MISSING_ELEMENT, "config", "is missing");
        }
        if (url) {
            throw parts.parameters().error(Failure.BAD_ELEMENT, "url", "stands beside config");
        }
        return parts.config();
    }

    /**
     * The edits of a configuration that came from elsewhere: a document whose root is {@code config}.
     *
     * @throws YangException it is something else
     */
    public List<Edit> edits(byte[] document, EditOperation defaultOperation) throws YangException {
        try {
            var in = XmlInput.open(document, InputLimits.DEFAULT);
            in.nextTag();
            if (!BASE.equals(in.getNamespaceURI()) || !in.getLocalName().equals("config")) {
                throw new YangException(
                        Failure.INVALID_VALUE,
                        "the root is '" + in.getLocalName() + "', expected config in namespace " + BASE);
            }
            return EditCompiler.compile(configReader.readEdit(in, defaultOperation));
        } catch (XMLStreamException e) {
            throw new YangException(Failure.INVALID_VALUE, "the configuration is no XML: " + e.getMessage());
        }
    }

    /** A whole configuration that stands in an operation. */
    public TreeNode configuration(XmlElement config) throws YangException {
        return configReader.readRoot(config.toBytes());
    }

    private Parts parts(String operation, String namespace, XMLStreamReader in, Map<String, String> scope)
            throws XMLStreamException, YangException {
        var inForce = XmlElement.scopeAt(in, scope);
        var others = new ArrayList<XmlElement>();
        EditTree config = null;
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (config == null
                    && namespace.equals(in.getNamespaceURI())
                    && in.getLocalName().equals("config")) {
                config = configReader.readEdit(in, defaultOperation(new Parameters(operation, namespace, others)));
            } else if (config != null && in.getLocalName().equals("default-operation")) {
                // what it says had to be known to read config; RFC 7950 §7.14.4 has it stand first
                throw new YangException(YangError.of(
                                Failure.BAD_ELEMENT, operation + ": parameter 'default-operation' stands after config")
                        .withInfo(ErrorInfo.badElement("default-operation")));
            } else {
                others.add(XmlElement.read(in, inForce));
            }
        }
        return new Parts(new Parameters(operation, namespace, others), config);
    }

    private static EditOperation defaultOperation(Parameters parameters) throws YangException {
        var text = option(parameters, "default-operation", List.of("merge", "replace", "none"), "merge");
        return EditOperation.of(text).orElseThrow();
    }

    private static String option(Parameters parameters, String name, List<String> values, String otherwise)
            throws YangException {
        var text = parameters.text(name).orElse(otherwise);
        if (!values.contains(text)) {
            throw parameters.badValue(name, text, String.join(", ", values));
        }
        return text;
    }

    /** RFC 7950 §7.15.2; the reader stands at the start of {@code action}. */
    Invoke action(XMLStreamReader in) throws YangException {
        if (!in.getLocalName().equals("action")) {
            throw OperationParser.unsupported(in.getLocalName());
        }
        var call = reader.readAction(in);
        var target = call.action().parent().orElseThrow();
        return new Invoke(call.action().schema(), target, call.input());
    }

    /** RFC 7950 §7.14.4; the reader stands at the start of the rpc's own element. */
    Invoke rpc(XMLStreamReader in, String namespace, String name) throws YangException {
        var module = model.moduleOfNamespace(namespace)
                .orElseThrow(() -> new YangException(
                        YangError.of(Failure.UNKNOWN_NAMESPACE, "rpc: no module has the namespace '" + namespace + "'")
                                .withInfo(ErrorInfo.badElement(name), ErrorInfo.badNamespace(namespace))));
        var rpc = model.rpc(module.name(), name).orElseThrow(() -> OperationParser.unsupported(name));
        return new Invoke(rpc, null, reader.readRpc(in, rpc));
    }
}
