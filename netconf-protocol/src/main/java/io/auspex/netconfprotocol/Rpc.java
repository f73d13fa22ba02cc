package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.MessageHead.Kind;
import io.auspex.netconfprotocol.ProtocolException.Reason;
import io.auspex.yang.InputLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * An rpc with its operation (RFC 6241 §4.1).
 *
 * <p>A server that wants to stream a large operation opens the message by {@link XmlInput#open}, reads its
 * {@link MessageHead} and goes on with the reader instead.
 *
 * @param head the rpc element's attributes, which the reply repeats
 */
public record Rpc(MessageHead head, XmlElement operation) {
    /** An rpc as a client sends it. */
    public static Rpc of(String messageId, XmlElement operation) {
        var attributes = List.of(new XmlAttribute("", "message-id", messageId));
        return new Rpc(new MessageHead(Kind.RPC, attributes, Map.of()), operation);
    }

    /** @throws ProtocolException not an rpc, or without exactly one operation */
    public static Rpc parse(byte[] message, InputLimits limits) throws ProtocolException {
        try {
            var in = XmlInput.open(message, limits);
            var head = MessageHead.read(in);
            if (head.kind() != Kind.RPC) {
                throw wrong("expected rpc, got " + head.kind().element());
            }
            if (in.nextTag() != XMLStreamConstants.START_ELEMENT) {
                throw wrong("rpc: no operation");
            }
            var operation = XmlElement.read(in, head.scope());
            if (in.nextTag() != XMLStreamConstants.END_ELEMENT) {
                throw wrong("rpc: expected one operation, got '" + in.getLocalName() + "' after '" + operation.name()
                        + "'");
            }
            XmlInput.finish(in);
            return new Rpc(head, operation);
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
    }

    /** Empty when the client left it out: the answer is {@code missing-attribute} (RFC 6241 §4.1, Appendix A). */
    public Optional<String> messageId() {
        return head.messageId();
    }

    public byte[] toBytes() {
        return new XmlElement(BASE, "rpc", Map.of(), head.attributes(), List.of(operation), "").toBytes();
    }

    private static ProtocolException wrong(String message) {
        return new ProtocolException(Reason.UNEXPECTED_MESSAGE, message);
    }
}
