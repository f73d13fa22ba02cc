package io.auspex.netconfserver.txid;

import io.auspex.management.NodeVersions;
import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.codec.Txid;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.ModelContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The txids of a read: what it asks for by {@code ?}, and what the client knows already, which the reply leaves out.
 *
 * @param root what stands at the operation or its filter, for the whole datastore; null for nothing
 * @param elements of a subtree filter, which may have txids of their own
 */
public record TxidRequest(TxidMechanism mechanism, @Nullable String root, List<XmlElement> elements) {
    public TxidRequest {
        elements = List.copyOf(elements);
    }

    /**
     * That of a read; empty when it has no txid anywhere.
     *
     * @param filter null for none
     */
    public static Optional<TxidRequest> of(XmlElement operation, @Nullable XmlElement filter) {
        var elements = filter == null ? List.<XmlElement>of() : filter.children();
        var own = attribute(operation).or(() -> filter == null ? Optional.empty() : attribute(filter));
        return own.or(() -> first(elements))
                .flatMap(a -> TxidMechanism.named(a.name()))
                .map(m -> new TxidRequest(m, own.map(XmlAttribute::value).orElse(null), elements));
    }

    static Optional<XmlAttribute> attribute(XmlElement element) {
        for (var attribute : element.attributes()) {
            if (Txid.isTxid(attribute.namespace(), attribute.name())) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    private static Optional<XmlAttribute> first(List<XmlElement> elements) {
        for (var element : elements) {
            var found = attribute(element);
            if (found.isEmpty()) {
                found = first(element.children());
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What such a read shows of a datastore, whose filter has been applied. */
    public TxidView on(InnerNode shown, NodeVersions versions, ModelContext model) {
        return TxidView.of(shown, versions, this, model);
    }
}
