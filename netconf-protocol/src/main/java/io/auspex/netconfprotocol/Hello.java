package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.ProtocolException.Reason;
import io.auspex.yang.InputLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The first message of each side (RFC 6241 §8.1).
 *
 * @param sessionId 1 to 4294967295, sent by the server only
 */
public record Hello(Capabilities capabilities, OptionalLong sessionId) {
    /** The largest hello taken. */
    public static final int MAX_BYTES = 1 << 20;
    /** The most capabilities taken. */
    public static final int MAX_CAPABILITIES = 4096;

    private static final long MAX_SESSION_ID = 4_294_967_295L;

    public static Hello ofClient(Capabilities capabilities) {
        return new Hello(capabilities, OptionalLong.empty());
    }

    public static Hello ofServer(Capabilities capabilities, long sessionId) {
        return new Hello(capabilities, OptionalLong.of(sessionId));
    }

    /** @throws ProtocolException not a hello, no capabilities, or too many */
    public static Hello parse(byte[] message) throws ProtocolException {
        var root = XmlElement.parse(message, InputLimits.DEFAULT);
        if (!root.is(BASE, "hello")) {
            throw wrong("expected a hello in namespace " + BASE + ", got '" + root.name() + "'");
        }
        var lists = root.children(BASE, "capabilities");
        if (lists.size() != 1) {
            throw wrong("hello: expected one 'capabilities', got " + lists.size());
        }
        var elements = lists.getFirst().children(BASE, "capability");
        if (elements.isEmpty()) {
            throw wrong("hello: no capability");
        }
        if (elements.size() > MAX_CAPABILITIES) {
            throw new ProtocolException(Reason.TOO_BIG, "hello: more than " + MAX_CAPABILITIES + " capabilities");
        }
        var capabilities = new LinkedHashSet<Capability>();
        for (var element : elements) {
            var uri = element.text().strip();
            if (uri.isEmpty()) {
                throw wrong("hello: empty capability");
            }
            capabilities.add(new Capability(uri));
        }
        return new Hello(new Capabilities(capabilities), sessionId(root.children(BASE, "session-id")));
    }

    public byte[] toBytes() {
        var list = new XmlElement(
                BASE,
                "capabilities",
                Map.of(),
                List.of(),
                capabilities.all().stream()
                        .map(c -> XmlElement.leaf(BASE, "capability", c.uri()))
                        .toList(),
                "");
        var hello = sessionId.isEmpty()
                ? XmlElement.of(BASE, "hello", list)
                : XmlElement.of(
                        BASE, "hello", list, XmlElement.leaf(BASE, "session-id", Long.toString(sessionId.getAsLong())));
        return hello.toBytes();
    }

    private static OptionalLong sessionId(List<XmlElement> elements) throws ProtocolException {
        if (elements.isEmpty()) {
            return OptionalLong.empty();
        }
        var text = elements.getFirst().text().strip();
        if (elements.size() == 1 && text.matches("[0-9]{1,10}")) {
            var id = Long.parseLong(text);
            if (id >= 1 && id <= MAX_SESSION_ID) {
                return OptionalLong.of(id);
            }
        }
        throw wrong("hello: expected one session-id of 1 to " + MAX_SESSION_ID);
    }

    private static ProtocolException wrong(String message) {
        return new ProtocolException(Reason.UNEXPECTED_MESSAGE, message);
    }
}
