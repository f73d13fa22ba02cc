package io.auspex.netconfserver.txid;

import io.auspex.management.NodeVersions;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.EmptyType;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A container, list entry or root with its txid, and without what the client knows already (draft-ietf-netconf-transaction-id,
 * "Subsequent Configuration Retrieval"): of that only keys are left.
 *
 * <p>Every version is also a point in time, so that any version up to the newest tells what a client has seen.
 */
public final class TxidView extends InnerView {
    private final Query query;
    private final NodeVersions versions;
    private final @Nullable String known;
    private final List<XmlElement> elements;
    private final boolean pruned;

    private record Query(TxidMechanism mechanism, ModelContext model, long newest) {
        boolean isUpToDate(@Nullable String known, OptionalLong version) {
            if (known == null || version.isEmpty()) {
                return false;
            }
            var since = mechanism.version(known);
            return since.isPresent() && since.getAsLong() >= version.getAsLong() && since.getAsLong() <= newest;
        }
    }

    /** @param known what the client knows of this node, or of the nearest one above; null for nothing */
    private TxidView(
            InnerNode base, Query query, NodeVersions versions, @Nullable String known, List<XmlElement> elements) {
        super(base);
        this.query = query;
        this.versions = versions;
        this.known = known;
        this.elements = elements;
        this.pruned = query.isUpToDate(known, versions.version());
    }

    static TxidView of(InnerNode shown, NodeVersions versions, TxidRequest request, ModelContext model) {
        var query = new Query(request.mechanism(), model, versions.newest());
        return new TxidView(shown, query, versions, request.root(), request.elements());
    }

    /** The txid of this node in the reply; null when the client has none for it. */
    public @Nullable Annotation txid() {
        if (known == null) {
            return null;
        }
        var mechanism = query.mechanism();
        return mechanism.annotation(pruned ? TxidMechanism.MATCH : mechanism.shown(versions.version()));
    }

    @Override
    protected @Nullable DataNode shown(DataNode child) {
        if (child.schema().isKey()) {
            return child;
        }
        return pruned
                ? null
                : switch (child) {
                    case InnerNode inner -> inner(inner);
                    case ListNode list -> new Entries(list, this);
                    case LeafNode leaf -> isKnown(leaf) ? new LeafNode(leaf.schema(), Empty.VALUE) : leaf;
                    case LeafListNode values -> values;
                    case OpaqueNode opaque -> opaque;
                };
    }

    private InnerNode inner(InnerNode child) {
        var of = versions.below(child);
        if (of == null) {
            return child;
        }
        var matching = elements.stream()
                .filter(e -> names(e, child) && holds(e, child))
                .toList();
        var own = matching.stream()
                .map(TxidRequest::attribute)
                .flatMap(Optional::stream)
                .reduce((_, last) -> last);
        var below = matching.stream().flatMap(e -> e.children().stream()).toList();
        return new TxidView(child, query, of, own.isPresent() ? own.get().value() : known, below);
    }

    /** A leaf has the version of the node that it stands in. */
    private boolean isKnown(LeafNode leaf) {
        return elements.stream()
                .filter(e -> names(e, leaf))
                .map(TxidRequest::attribute)
                .flatMap(Optional::stream)
                .anyMatch(a -> query.isUpToDate(a.value(), versions.version()));
    }

    private static boolean names(XmlElement element, DataNode node) {
        var schema = node.schema();
        return element.name().equals(schema.name())
                && (element.namespace().isEmpty() || element.namespace().equals(schema.namespace()));
    }

    /** Whether the content matches in an element of the filter hold for a node (RFC 6241 §6.2.5). */
    private boolean holds(XmlElement element, InnerNode node) {
        for (var match : element.children()) {
            var text = match.text().strip();
            var schema = node.schema().childInNamespace(match.namespace(), match.name());
            if (!text.isEmpty() && match.children().isEmpty() && schema.isPresent()) {
                try {
                    var value = schema.get().type().parse(text, prefix -> module(match, prefix));
                    if (!(node.child(schema.get()) instanceof LeafNode leaf)
                            || !leaf.value().equals(value)) {
                        return false;
                    }
                } catch (InvalidValueException _) {
                    return false;
                }
            }
        }
        return true;
    }

    private Optional<ModuleInfo> module(XmlElement element, String prefix) {
        return Optional.ofNullable(element.scope().get(prefix)).flatMap(query.model()::moduleOfNamespace);
    }

    /** The entries of a list, each with its txid. */
    private static final class Entries extends ListView {
        private final TxidView parent;

        Entries(ListNode base, TxidView parent) {
            super(base);
            this.parent = parent;
        }

        @Override
        protected InnerNode shown(InnerNode entry) {
            return parent.inner(entry);
        }
    }

    /** The metadata of a reply with txids. */
    public record Tags(TxidMechanism mechanism, Annotations others) implements Annotations {
        @Override
        public List<Annotation> of(DataNode node) {
            var more = others.of(node);
            var txid = switch (node) {
                case TxidView view -> view.txid();
                case LeafNode(var schema, var value)
                when value instanceof Empty && !(schema.type() instanceof EmptyType) ->
                    mechanism.annotation(TxidMechanism.MATCH);
                default -> null;
            };
            return txid == null
                    ? more
                    : Stream.concat(Stream.of(txid), more.stream()).toList();
        }

        @Override
        public List<Annotation> ofValue(LeafListNode leafList, Object value) {
            return others.ofValue(leafList, value);
        }

        @Override
        public Annotations below(InnerNode node) {
            return new Tags(mechanism, others.below(node));
        }
    }
}
