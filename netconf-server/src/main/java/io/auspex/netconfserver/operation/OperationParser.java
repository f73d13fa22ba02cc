package io.auspex.netconfserver.operation;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;
import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.NetconfOperation.CancelCommit;
import io.auspex.netconfserver.operation.NetconfOperation.CloseSession;
import io.auspex.netconfserver.operation.NetconfOperation.Commit;
import io.auspex.netconfserver.operation.NetconfOperation.CopyConfig;
import io.auspex.netconfserver.operation.NetconfOperation.DeleteConfig;
import io.auspex.netconfserver.operation.NetconfOperation.DiscardChanges;
import io.auspex.netconfserver.operation.NetconfOperation.Get;
import io.auspex.netconfserver.operation.NetconfOperation.GetConfig;
import io.auspex.netconfserver.operation.NetconfOperation.KillSession;
import io.auspex.netconfserver.operation.NetconfOperation.Lock;
import io.auspex.netconfserver.operation.NetconfOperation.Unlock;
import io.auspex.netconfserver.operation.NetconfOperation.Validate;
import io.auspex.netconfserver.txid.TxidMechanism;
import io.auspex.netconfserver.txid.TxidRequest;
import io.auspex.yang.codec.UnexpectedText;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads operations from the XML of an rpc (RFC 6241 §7), those of capabilities and modules by parsers of their own. */
public final class OperationParser {
    private static final String WITH_DEFAULTS = "urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults";
    private static final long MAX_UINT32 = 4_294_967_295L;

    private final ModelContext model;
    private final ConfigParser configs;
    private final CapabilityParser capabilities = new CapabilityParser();
    private final NmdaParser nmda;

    public OperationParser(ModelContext model, ConfigParser configs) {
        this.model = model;
        this.configs = configs;
        this.nmda = new NmdaParser(model, configs);
    }

    /** Asked before the parameters of an operation are read (RFC 8341 §3.4.4). */
    @FunctionalInterface
    public interface Admission {
        /** @throws YangException access-denied */
        void check(SchemaNode rpc) throws YangException;
    }

    /**
     * The operation of an rpc; leaves the reader at the operation's end.
     *
     * @param in after the start of the rpc element
     * @throws UnexpectedText before the operation stands text
     */
    public NetconfOperation parse(XMLStreamReader in, MessageHead head, Admission admission)
            throws XMLStreamException, YangException {
        if (in.nextTag() != XMLStreamConstants.START_ELEMENT) {
            throw new YangException(YangError.of(Failure.MISSING_ELEMENT, "rpc: the operation is missing")
                    .withType(ErrorType.RPC));
        }
        var namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
        var name = in.getLocalName();
        var rpc = model.moduleOfNamespace(namespace).flatMap(m -> model.rpc(m.name(), name));
        if (rpc.isPresent()) {
            admission.check(rpc.get());
        }
        try {
            return operation(namespace, name, in, head);
        } catch (UnexpectedText e) {
            throw new YangException(YangError.of(Failure.BAD_ELEMENT, name + ": " + e.getMessage())
                    .withInfo(ErrorInfo.badElement(name)));
        }
    }

    private NetconfOperation operation(String namespace, String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        return switch (namespace) {
            case BASE -> base(name, in, head);
            case MONITORING -> capabilities.monitoring(name, in, head);
            case NOTIFICATION -> capabilities.notifications(name, in, head);
            case CapabilityParser.PARTIAL_LOCK -> capabilities.partialLock(name, in, head);
            case CapabilityParser.PRIVATE_CANDIDATE -> capabilities.privateCandidate(name, in, head);
            case ConfigParser.NMDA -> nmda.parse(name, in, head);
            case ConfigParser.YANG_1 -> configs.action(in);
            default -> configs.rpc(in, namespace, name);
        };
    }

    private NetconfOperation base(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (name.equals("edit-config")) {
            return configs.editConfig(in, head.scope());
        }
        var element = XmlElement.read(in, head.scope());
        var parameters = new Parameters(name, BASE, element.children());
        var operation = switch (name) {
            case "get" -> new Get(Filter.of(parameters), defaults(parameters));
            case "get-config" ->
                new GetConfig(
                        Places.datastore(parameters, "source"),
                        Filter.of(parameters),
                        defaults(parameters),
                        TxidRequest.of(element, element.child(BASE, "filter").orElse(null))
                                .orElse(null));
            case "copy-config" ->
                new CopyConfig(Places.target(parameters), Places.source(parameters, configs), defaults(parameters));
            case "delete-config" -> new DeleteConfig(Places.deleted(parameters));
            case "lock" -> new Lock(Places.edited(parameters));
            case "unlock" -> new Unlock(Places.edited(parameters));
            case "validate" -> new Validate(Places.source(parameters, configs));
            case "discard-changes" -> new DiscardChanges();
            case "commit" -> commit(parameters);
            case "cancel-commit" ->
                new CancelCommit(parameters.text("persist-id").orElse(null));
            case "close-session" -> new CloseSession();
            case "kill-session" -> new KillSession(number(parameters, "session-id"));
            default -> throw unsupported(name);
        };
        parameters.end();
        return operation;
    }

    private static Commit commit(Parameters parameters) throws YangException {
        var confirmed = parameters.take("confirmed").isPresent();
        var timeout = parameters.text("confirm-timeout");
        var persist = parameters.text("persist");
        var persistId = parameters.text("persist-id").orElse(null);
        var told = told(parameters);
        if (!confirmed) {
            if (timeout.isPresent() || persist.isPresent()) {
                throw parameters.error(Failure.MISSING_ELEMENT, "confirmed", "is missing");
            }
            return new Commit(null, null, persistId, told);
        }
        var seconds = timeout.orElse("600");
        if (!seconds.matches("[1-9][0-9]{0,9}") || Long.parseLong(seconds) > MAX_UINT32) {
            throw parameters.badValue("confirm-timeout", seconds, "1 to " + MAX_UINT32 + " seconds");
        }
        return new Commit(Duration.ofSeconds(Long.parseLong(seconds)), persist.orElse(null), persistId, told);
    }

    /** How the version after an edit or commit is to be told; null for not at all (draft-ietf-netconf-transaction-id). */
    static @Nullable TxidMechanism told(Parameters parameters) throws YangException {
        TxidMechanism told = null;
        for (var mechanism : TxidMechanism.values()) {
            var name = "with-" + mechanism.attribute();
            var text = parameters
                    .take(TxidMechanism.MODULE, name)
                    .map(e -> e.text().strip())
                    .orElse("false");
            switch (text) {
                case "true" -> told = told == null ? mechanism : told;
                case "false" -> {}
                default -> throw parameters.badValue(name, text, "true or false");
            }
        }
        return told;
    }

    public static YangException unsupported(String name) {
        return new YangException(YangError.of(Failure.NOT_SUPPORTED, "rpc: operation '" + name + "' is not supported")
                .withInfo(ErrorInfo.badElement(name)));
    }

    static WithDefaults defaults(Parameters parameters) throws YangException {
        var found = parameters.take(WITH_DEFAULTS, "with-defaults");
        // in get-data it is of a grouping, and so of the namespace of the operation
        var text = (found.isPresent() ? found : parameters.take(ConfigParser.NMDA, "with-defaults"))
                .map(e -> e.text().strip());
        if (text.isEmpty()) {
            return WithDefaults.EXPLICIT;
        }
        return Stream.of(WithDefaults.values())
                .filter(d -> d.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text.get()))
                .findFirst()
                .orElseThrow(() -> parameters.badValue(
                        "with-defaults", text.get(), "report-all, report-all-tagged, trim or explicit"));
    }

    static long number(Parameters parameters, String name) throws YangException {
        var text = parameters.required(name).text().strip();
        if (!text.matches("[1-9][0-9]{0,9}")) {
            throw parameters.badValue(name, text, "a number of 1 to " + MAX_UINT32);
        }
        return Long.parseLong(text);
    }
}
