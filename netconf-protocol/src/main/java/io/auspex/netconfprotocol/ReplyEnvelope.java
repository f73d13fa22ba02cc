package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags around a reply, for servers that stream what is between them (RFC 6241 §4.2).
 *
 * @param start {@code <rpc-reply …>} in the base namespace as default namespace, with every attribute of the rpc
 */
public record ReplyEnvelope(String start) {
    public static final String END = "</rpc-reply>";

    /** The envelope of the reply to an rpc with this head. */
    public static ReplyEnvelope of(MessageHead rpc) {
        var used = new HashMap<String, String>();
        rpc.scope().forEach((prefix, namespace) -> {
            if (!prefix.isEmpty()
                    && rpc.attributes().stream().anyMatch(a -> a.namespace().equals(namespace))) {
                used.put(prefix, namespace);
            }
        });
        used.put("", BASE);
        var empty = new XmlElement(BASE, "rpc-reply", used, rpc.attributes(), List.of(), "").toString();
        return new ReplyEnvelope(empty.substring(0, empty.length() - "/>".length()) + ">");
    }

    public byte[] startBytes() {
        return start.getBytes(StandardCharsets.UTF_8);
    }

    /** The whole reply around elements that declare all their namespaces but the base one. */
    byte[] around(List<XmlElement> content) {
        var text = new StringBuilder(start);
        for (var element : content) {
            XmlText.append(text, element, Map.of("", BASE));
        }
        return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
    }
}
