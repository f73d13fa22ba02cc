package io.auspex.netconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.management.Management;
import io.auspex.management.Projections;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.management.ReadResult;
import io.auspex.netconfserver.operation.ConfigParser;
import io.auspex.netconfserver.operation.Filter;
import io.auspex.netconfserver.operation.NetconfOperation.GetData;
import io.auspex.netconfserver.txid.TxidMechanism;
import io.auspex.netconfserver.txid.TxidRequest;
import io.auspex.netconfserver.txid.TxidView;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.filter.Selected;
import io.auspex.yang.schema.DataPath;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Reads of datastores as they stand in replies (RFC 6241 §7.1, §7.7; RFC 8526 §3.1.1). */
final class Reads {
    private static final String BASE_DATA = "";
    private static final String NMDA_DATA = ConfigParser.NMDA;

    private final Management management;

    Reads(Management management) {
        this.management = management;
    }

    /** All of a datastore that the caller may see. */
    ReadResult whole(DatastoreName datastore, Content content, WithDefaults defaults, boolean withOrigin)
            throws YangException {
        return management.read(request(datastore, content, defaults, withOrigin));
    }

    private ReadRequest request(DatastoreName datastore, Content content, WithDefaults defaults, boolean withOrigin) {
        var target = DataPath.root(management.model().root());
        return new ReadRequest(datastore, target, content, Integer.MAX_VALUE, null, defaults, withOrigin);
    }

    private ReadResult ofDatastore(GetData get, boolean withOrigin) throws YangException {
        return management.read(request(get.datastore(), get.content(), get.defaults(), withOrigin)
                .withInUse(get.datastore() == DatastoreName.OPERATIONAL));
    }

    static InnerNode root(ReadResult result) {
        return (InnerNode) result.node();
    }

    Reply read(
            DatastoreName datastore, Content content, Filter filter, WithDefaults defaults, @Nullable TxidRequest txids)
            throws YangException {
        var result = whole(datastore, content, defaults, false);
        return reply(filtered(root(result), filter, Integer.MAX_VALUE), BASE_DATA, result, txids);
    }

    Reply data(GetData get) throws YangException {
        if (!management.datastores().contains(get.datastore())) {
            throw new YangException(
                    YangError.of(Failure.BAD_PARAMETER, "get-data: datastore " + get.datastore() + " cannot be read")
                            .withInfo(ErrorInfo.badElement("datastore")));
        }
        var result = ofDatastore(get, get.withOrigin());
        var root = root(result);
        if (get.origins() != null) {
            var told = ofDatastore(get, true);
            root = get.origins().on(root(told), told.annotations());
        }
        var isConfiguration = get.datastore() != DatastoreName.OPERATIONAL;
        return reply(
                filtered(root, get.filter(), get.maxDepth()), NMDA_DATA, result, isConfiguration ? get.txids() : null);
    }

    /** @param depth levels of each node that the filter selects; without filter these are the top-level ones */
    private InnerNode filtered(InnerNode root, Filter filter, int depth) throws YangException {
        return switch (filter) {
            case Filter.None() -> new Levels(depth).children(root);
            case Filter.Subtree subtree -> subtree.of(root, management.model(), new Levels(depth));
            case Filter.XPath xpath -> xpath.of(root, management.model(), new Levels(depth));
        };
    }

    /** So many levels of each selected node, itself being the first (RFC 8526 §3.1.1, max-depth). */
    private record Levels(int depth) implements Selected {
        @Override
        public DataNode node(DataNode selected) {
            return Projections.depth(selected, depth);
        }

        @Override
        public InnerNode children(InnerNode parent) {
            return (InnerNode) Projections.depth(parent, depth == Integer.MAX_VALUE ? depth : depth + 1);
        }
    }

    /** @param namespace of the element data; empty for that of the reply */
    private Reply reply(InnerNode part, String namespace, ReadResult result, @Nullable TxidRequest txids) {
        var versions = result.versions();
        var view = txids == null || versions == null ? null : txids.on(part, versions, management.model());
        return new Reply.Content(out -> {
            var xml = new Utf8Xml(out);
            xml.start("data");
            if (!namespace.isEmpty()) {
                xml.namespace("", namespace);
            }
            InnerNode shown = part;
            var options = XmlOptions.COMPACT.with(result.annotations());
            if (view != null && txids != null) {
                var module = TxidMechanism.ATTRIBUTES;
                xml.namespace(module.prefix(), module.namespace());
                var own = view.txid();
                if (own != null) {
                    xml.attribute(
                            module.prefix() + ":" + own.name(), own.value().toString());
                }
                shown = view;
                options = options.with(new TxidView.Tags(txids.mechanism(), result.annotations()), module);
            }
            xml.text("");
            XmlWriter.writeChildren(xml, shown, options);
            xml.end("data");
            xml.flush();
        });
    }

    /** Writes children of a node as they stand in a reply. */
    static void children(OutputStream out, InnerNode node, XmlOptions options) throws IOException {
        var xml = new Utf8Xml(out);
        XmlWriter.writeChildren(xml, node, options);
        xml.flush();
    }
}
