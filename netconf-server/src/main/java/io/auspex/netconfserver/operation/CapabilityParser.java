package io.auspex.netconfserver.operation;

import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;
import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.datastore.Candidate.Resolution;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.NetconfOperation.CreateSubscription;
import io.auspex.netconfserver.operation.NetconfOperation.GetSchema;
import io.auspex.netconfserver.operation.NetconfOperation.PartialLock;
import io.auspex.netconfserver.operation.NetconfOperation.PartialUnlock;
import io.auspex.netconfserver.operation.NetconfOperation.Update;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the operations of capabilities: monitoring (RFC 6022), notifications (RFC 5277), partial locks (RFC 5717), private candidates. */
final class CapabilityParser {
    static final String PARTIAL_LOCK = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";
    static final String PRIVATE_CANDIDATE = "urn:ietf:params:xml:ns:yang:ietf-netconf-private-candidate";

    NetconfOperation monitoring(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (!name.equals("get-schema")) {
            throw OperationParser.unsupported(name);
        }
        var parameters = new Parameters(
                name, MONITORING, XmlElement.read(in, head.scope()).children());
        var identifier = parameters.required("identifier").text().strip();
        var version = parameters.text("version").orElse(null);
        var format = parameters.text("format").orElse("yang");
        parameters.end();
        return new GetSchema(identifier, version, format.substring(format.indexOf(':') + 1));
    }

    NetconfOperation notifications(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (!name.equals("create-subscription")) {
            throw OperationParser.unsupported(name);
        }
        var parameters = new Parameters(
                name, NOTIFICATION, XmlElement.read(in, head.scope()).children());
        var stream = parameters.text("stream").orElse("NETCONF");
        var filter = Filter.of(parameters);
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

    NetconfOperation partialLock(String name, XMLStreamReader in, MessageHead head)
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
                        .map(s -> new Filter.XPath(s.text().strip(), s.scope(), ErrorInfo.badElement("select")))
                        .toList());
            }
            case "partial-unlock" -> new PartialUnlock(OperationParser.number(parameters, "lock-id"));
            default -> throw OperationParser.unsupported(name);
        };
        parameters.end();
        return operation;
    }

    NetconfOperation privateCandidate(String name, XMLStreamReader in, MessageHead head)
            throws XMLStreamException, YangException {
        if (!name.equals("update")) {
            throw OperationParser.unsupported(name);
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

    private static @Nullable Instant time(Parameters parameters, String name) throws YangException {
        var text = parameters.text(name);
        try {
            return text.map(t -> OffsetDateTime.parse(t).toInstant()).orElse(null);
        } catch (DateTimeException _) {
            throw parameters.badValue(name, text.orElse(""), "a date-and-time");
        }
    }
}
