package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.netconfprotocol.ProtocolException.Reason;
import io.auspex.yang.InputLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The root element's start of a message: enough to route it without reading the rest.
 *
 * @param attributes as sent; a reply repeats those of its rpc (RFC 6241 §4.1)
 * @param scope prefixes that the root element declares
 */
public record MessageHead(Kind kind, List<XmlAttribute> attributes, Map<String, String> scope) {
    /** The messages that there are. */
    public enum Kind {
        HELLO("hello"),
        RPC("rpc"),
        RPC_REPLY("rpc-reply"),
        NOTIFICATION("notification");

        private final String element;

        Kind(String element) {
            this.element = element;
        }

        /** The name of the root element. */
        public String element() {
            return element;
        }
    }

    public MessageHead {
        attributes = List.copyOf(attributes);
        scope = Map.copyOf(scope);
    }

    /** Looks at a message's root element. */
    public static MessageHead peek(byte[] message, InputLimits limits) throws ProtocolException {
        try {
            var in = XmlInput.open(message, limits);
            var head = read(in);
            in.close();
            return head;
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
    }

    /**
     * Whether the first tag of a message is that of a notification as far as its bytes tell, which costs next to nothing. Whoever
     * reads the message finds out by {@link #expect} whether it is one.
     */
    public static boolean seemsNotification(byte[] message) {
        return RootName.is(message, RootName.start(message), Kind.NOTIFICATION.element);
    }

    /** Reads the root element's start, which has to be that of this kind, and leaves the reader there. */
    public static void expect(Kind kind, XMLStreamReader in) throws XMLStreamException, ProtocolException {
        in.nextTag();
        var got = kind(in);
        if (got != kind) {
            throw new ProtocolException(Reason.UNEXPECTED_MESSAGE, "expected " + kind.element + ", got " + got.element);
        }
    }

    /** Reads the root element's start and leaves the reader there: the next tag is the operation or the reply's content. */
    public static MessageHead read(XMLStreamReader in) throws XMLStreamException, ProtocolException {
        in.nextTag();
        return new MessageHead(kind(in), XmlElement.attributesAt(in), XmlElement.scopeAt(in, Map.of()));
    }

    public Optional<String> messageId() {
        return attributes.stream()
                .filter(a -> a.namespace().isEmpty() && a.name().equals("message-id"))
                .map(XmlAttribute::value)
                .findFirst();
    }

    private static Kind kind(XMLStreamReader in) throws ProtocolException {
        var namespace = in.getNamespaceURI();
        var name = in.getLocalName();
        if (BASE.equals(namespace)) {
            switch (name) {
                case "hello":
                    return Kind.HELLO;
                case "rpc":
                    return Kind.RPC;
                case "rpc-reply":
                    return Kind.RPC_REPLY;
                default:
            }
        } else if (NOTIFICATION.equals(namespace) && name.equals("notification")) {
            return Kind.NOTIFICATION;
        }
        throw new ProtocolException(
                Reason.UNEXPECTED_MESSAGE,
                "expected hello, rpc, rpc-reply or notification, got '" + name + "' in namespace '" + namespace + "'");
    }
}
