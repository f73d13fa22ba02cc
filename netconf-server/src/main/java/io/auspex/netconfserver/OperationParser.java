package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;
import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.datastore.Candidate.Resolution;
import io.auspex.datastore.DatastoreName;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.NetconfOperation.CancelCommit;
import io.auspex.netconfserver.NetconfOperation.CloseSession;
import io.auspex.netconfserver.NetconfOperation.Commit;
import io.auspex.netconfserver.NetconfOperation.CopyConfig;
import io.auspex.netconfserver.NetconfOperation.CreateSubscription;
import io.auspex.netconfserver.NetconfOperation.DeleteConfig;
import io.auspex.netconfserver.NetconfOperation.DiscardChanges;
import io.auspex.netconfserver.NetconfOperation.Get;
import io.auspex.netconfserver.NetconfOperation.GetConfig;
import io.auspex.netconfserver.NetconfOperation.GetSchema;
import io.auspex.netconfserver.NetconfOperation.KillSession;
import io.auspex.netconfserver.NetconfOperation.Lock;
import io.auspex.netconfserver.NetconfOperation.PartialLock;
import io.auspex.netconfserver.NetconfOperation.PartialUnlock;
import io.auspex.netconfserver.NetconfOperation.Source;
import io.auspex.netconfserver.NetconfOperation.Target;
import io.auspex.netconfserver.NetconfOperation.Unlock;
import io.auspex.netconfserver.NetconfOperation.Update;
import io.auspex.netconfserver.NetconfOperation.Validate;
import io.auspex.netconfserver.txid.TxidMechanism;
import io.auspex.netconfserver.txid.TxidRequest;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads operations from the XML of an rpc (RFC 6241 §7). */
final class OperationParser {
    private static final String WITH_DEFAULTS = "urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults";
    private static final String PARTIAL_LOCK = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";
    private static final String PRIVATE_CANDIDATE = "urn:ietf:params:xml:ns:yang:ietf-netconf-private-candidate";
    private static final long MAX_UINT32 = 4_294_967_295L;

    private final ModelContext model;
    private final ConfigParser configs;
    private final NmdaParser nmda;

    OperationParser(ModelContext model, ConfigParser configs) {
        this.model = model;
        this.configs = configs;
        this.nmda = new NmdaParser(model, configs);
    }

    /**
     * The operation of an rpc; leaves the reader at the operation's end.
     *
     * @param in after the start of the rpc element
     */
    NetconfOperation parse(XMLStreamReader in, MessageHead head) throws XMLStreamException, YangException {
        if (in.nextTag() != XMLStreamConstants.START_ELEMENT) {
            throw new YangException(YangError.of(Failure.MISSING_ELEMENT, "rpc: the operation is missing")
                    .withType(ErrorType.RPC));
        }
        var namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
        var name = in.getLocalName();
        return switch (namespace) {
            case BASE -> base(name, in, head);
            case MONITORING -> monitoring(name, in, head);
            case NOTIFICATION -> notifications(name, in, head);
            case PARTIAL_LOCK -> partialLock(name, in, head);
            case PRIVATE_CANDIDATE -> privateCandidate(name, in, head);
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
            case "get" -> new Get(filter(parameters), defaults(parameters));
            case "get-config" ->
                new GetConfig(
                        datastore(parameters, "source"),
                        filter(parameters),
                        defaults(parameters),
                        TxidRequest.of(element, element.child(BASE, "filter").orElse(null))
                                .orElse(null));
            case "copy-config" -> new CopyConfig(target(parameters), source(parameters), defaults(parameters));
            case "delete-config" -> new DeleteConfig(deleted(parameters));
            case "lock" -> new Lock(datastore(parameters, "target"));
            case "unlock" -> new Unlock(datastore(parameters, "target"));
            case "validate" -> new Validate(source(parameters));
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

    private NetconfOperation monitoring(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (!name.equals("get-schema")) {
            throw unsupported(name);
        }
        var parameters = new Parameters(
                name, MONITORING, XmlElement.read(in, head.scope()).children());
        var identifier = parameters.required("identifier").text().strip();
        var version = parameters.text("version").orElse(null);
        var format = parameters.text("format").orElse("yang");
        parameters.end();
        return new GetSchema(identifier, version, format.substring(format.indexOf(':') + 1));
    }

    private NetconfOperation notifications(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (!name.equals("create-subscription")) {
            throw unsupported(name);
        }
        var parameters = new Parameters(
                name, NOTIFICATION, XmlElement.read(in, head.scope()).children());
        var stream = parameters.text("stream").orElse("NETCONF");
        var filter = filter(parameters);
        var start = time(parameters, "startTime");
        var stop = time(parameters, "stopTime");
        parameters.end();
        if (stop != null && start == null) {
            throw parameters.error(Failure.MISSING_ELEMENT, "startTime", "is missing beside stopTime");
        }
        if (stop != null && !stop.isAfter(start)) {
            throw parameters.error(Failure.BAD_ELEMENT, "stopTime", stop + " is not after startTime " + start);
        }
        return new CreateSubscription(stream, filter, start, stop);
    }

    private static @Nullable Instant time(Parameters parameters, String name) throws YangException {
        var text = parameters.text(name);
        try {
            return text.map(t -> OffsetDateTime.parse(t).toInstant()).orElse(null);
        } catch (DateTimeException _) {
            throw parameters.badValue(name, text.orElse(""), "a date-and-time");
        }
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

    private NetconfOperation partialLock(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        var parameters = new Parameters(
                name, PARTIAL_LOCK, XmlElement.read(in, head.scope()).children());
        var operation = switch (name) {
            case "partial-lock" -> {
                var select = parameters.takeAll("select");
                if (select.isEmpty()) {
                    throw parameters.error(Failure.MISSING_ELEMENT, "select", "is missing");
                }
                yield new PartialLock(select.stream()
                        .map(s -> new Filter.XPath(s.text().strip(), s.scope()))
                        .toList());
            }
            case "partial-unlock" -> new PartialUnlock(number(parameters, "lock-id"));
            default -> throw unsupported(name);
        };
        parameters.end();
        return operation;
    }

    private static NetconfOperation privateCandidate(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (!name.equals("update")) {
            throw unsupported(name);
        }
        var parameters = new Parameters(
                name, PRIVATE_CANDIDATE, XmlElement.read(in, head.scope()).children());
        var text = parameters.text("resolution-mode").orElse("revert-on-conflict");
        parameters.end();
        return new Update(Stream.of(Resolution.values())
                .filter(r -> r.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text))
                .findFirst()
                .orElseThrow(() -> parameters.badValue(
                        "resolution-mode", text, "revert-on-conflict, prefer-candidate or prefer-running")));
    }

    private static Target target(Parameters parameters) throws YangException {
        var target = parameters.required("target");
        var url = target.child(BASE, "url");
        return url.isPresent() && target.children().size() == 1
                ? new Target.Url(uri(parameters, url.get()))
                : new Target.Into(datastoreIn(target, parameters));
    }

    /** What delete-config deletes: only what a URL names can be (RFC 6241 §7.4). */
    private static URI deleted(Parameters parameters) throws YangException {
        return switch (target(parameters)) {
            case Target.Url(var url) -> url;
            case Target.Into(var datastore) ->
                throw parameters.error(Failure.BAD_ELEMENT, datastore.toString(), "names a datastore that stays");
        };
    }

    static URI uri(Parameters parameters, XmlElement element) throws YangException {
        var text = element.text().strip();
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw parameters.badValue("url", text, "a URI");
        }
    }

    private Source source(Parameters parameters) throws YangException {
        var source = parameters.required("source");
        var url = source.child(BASE, "url");
        if (url.isPresent() && source.children().size() == 1) {
            return new Source.Url(uri(parameters, url.get()));
        }
        var config = source.child(BASE, "config");
        return config.isPresent() && source.children().size() == 1
                ? new Source.Inline(configs.configuration(config.get()))
                : new Source.Of(datastoreIn(source, parameters));
    }

    static YangException unsupported(String name) {
        return new YangException(YangError.of(Failure.NOT_SUPPORTED, "rpc: operation '" + name + "' is not supported")
                .withInfo(ErrorInfo.badElement(name)));
    }

    /** The datastore that stands as an empty element in a source or target (RFC 6241 §7.1). */
    static DatastoreName datastore(Parameters parameters, String name) throws YangException {
        return datastoreIn(parameters.required(name), parameters);
    }

    static DatastoreName datastoreIn(XmlElement parameter, Parameters parameters) throws YangException {
        if (parameter.children().size() != 1) {
            throw parameters.error(
                    Failure.MISSING_ELEMENT,
                    parameter.name(),
                    "names " + parameter.children().size() + " datastores, expected one");
        }
        var datastore = parameter.children().getFirst();
        if (datastore.is(ConfigParser.NMDA, "datastore")) {
            return NmdaParser.identity(parameters, datastore);
        }
        if (datastore.is(BASE, "url")) {
            throw parameters.error(Failure.NOT_SUPPORTED, "url", "stands where only a datastore may");
        }
        return Stream.of(DatastoreName.RUNNING, DatastoreName.CANDIDATE)
                .filter(d -> datastore.is(BASE, d.toString()))
                .findFirst()
                .orElseThrow(() -> parameters.badValue(parameter.name(), datastore.name(), "running or candidate"));
    }

    Filter filter(Parameters parameters) throws YangException {
        var found = parameters.take("filter");
        if (found.isEmpty()) {
            return new Filter.None();
        }
        var filter = found.get();
        var type = attribute(filter, "type").orElse("subtree");
        return switch (type) {
            case "subtree" -> new Filter.Subtree(filter);
            case "xpath" -> {
                var select = attribute(filter, "select")
                        .orElseThrow(() -> new YangException(
                                YangError.of(Failure.MISSING_ATTRIBUTE, "filter: attribute 'select' is missing")
                                        .withType(ErrorType.PROTOCOL)
                                        .withInfo(ErrorInfo.badAttribute("select"), ErrorInfo.badElement("filter"))));
                yield new Filter.XPath(select, filter.scope());
            }
            default -> throw badAttribute("type", "filter", "is '" + type + "', expected subtree or xpath");
        };
    }

    /** An attribute without namespace, or with the one that RFC 6241's examples allow. */
    private static Optional<String> attribute(XmlElement element, String name) {
        return element.attributes().stream()
                .filter(a -> a.name().equals(name)
                        && (a.namespace().isEmpty() || a.namespace().equals(BASE)))
                .map(XmlAttribute::value)
                .findFirst();
    }

    static YangException badAttribute(String attribute, String element, String what) {
        return new YangException(
                YangError.of(Failure.BAD_ATTRIBUTE, element + ": attribute '" + attribute + "' " + what)
                        .withInfo(ErrorInfo.badAttribute(attribute), ErrorInfo.badElement(element)));
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

    private static long number(Parameters parameters, String name) throws YangException {
        var text = parameters.required(name).text().strip();
        if (!text.matches("[1-9][0-9]{0,9}")) {
            throw parameters.badValue(name, text, "a number of 1 to " + MAX_UINT32);
        }
        return Long.parseLong(text);
    }
}
