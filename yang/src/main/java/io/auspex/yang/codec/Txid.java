package io.auspex.yang.codec;

import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What an element says of the last change of its node that the client knows (draft-ietf-netconf-transaction-id).
 *
 * @param mechanism the attribute's name: {@code etag} or {@code last-modified}
 * @param value as it was sent
 */
public record Txid(String mechanism, String value) {
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:netconf:txid:1.0";

    /** True for the attributes that are one. */
    public static boolean isTxid(@Nullable String namespace, String name) {
        return NAMESPACE.equals(namespace) && (name.equals("etag") || name.equals("last-modified"));
    }

    /** That of the element at whose start the reader stands; null when there is none. */
    static @Nullable Txid at(XMLStreamReader in) {
        for (var i = 0; i < in.getAttributeCount(); i++) {
            if (isTxid(in.getAttributeNamespace(i), in.getAttributeLocalName(i))) {
                return new Txid(in.getAttributeLocalName(i), in.getAttributeValue(i));
            }
        }
        return null;
    }
}
