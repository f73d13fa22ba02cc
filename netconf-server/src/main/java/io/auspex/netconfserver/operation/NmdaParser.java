package io.auspex.netconfserver.operation;

import io.auspex.datastore.DatastoreName;
import io.auspex.management.OriginSelection;
import io.auspex.management.ReadRequest.Content;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.NetconfOperation.GetData;
import io.auspex.netconfserver.txid.TxidRequest;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.ModelContext;
import java.util.HashSet;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads get-data and edit-data (RFC 8526 §3.1). */
final class NmdaParser {
    private static final int MAX_UINT16 = 65_535;

    private final ModelContext model;
    private final ConfigParser configs;

    NmdaParser(ModelContext model, ConfigParser configs) {
        this.model = model;
        this.configs = configs;
    }

    /** As {@link OperationParser#parse}, the reader at the start of the operation. */
    NetconfOperation parse(String name, XMLStreamReader in, MessageHead head) throws XMLStreamException, YangException {
        if (name.equals("edit-data")) {
            return configs.editData(in, head.scope());
        }
        if (!name.equals("get-data")) {
            throw OperationParser.unsupported(name);
        }
        var element = XmlElement.read(in, head.scope());
        var parameters = new Parameters(name, ConfigParser.NMDA, element.children());
        var datastore = nmdaDatastore(parameters);
        var subtree = parameters.take("subtree-filter");
        var xpath = parameters.take("xpath-filter");
        if (subtree.isPresent() && xpath.isPresent()) {
            throw parameters.error(Failure.BAD_ELEMENT, "xpath-filter", "stands beside subtree-filter");
        }
        var filter = xpath.<Filter>map(
                        x -> new Filter.XPath(x.text().strip(), x.scope(), ErrorInfo.badElement("xpath-filter")))
                .or(() -> subtree.map(Filter.Subtree::new))
                .orElse(new Filter.None());
        var withOrigin = parameters.take("with-origin").isPresent();
        if (withOrigin && datastore != DatastoreName.OPERATIONAL) {
            throw parameters.badValue("datastore", datastore.toString(), "operational beside with-origin");
        }
        var operation = new GetData(
                datastore,
                filter,
                content(parameters),
                depth(parameters),
                OperationParser.defaults(parameters),
                origins(parameters, datastore),
                withOrigin,
                TxidRequest.of(element, subtree.or(() -> xpath).orElse(null)).orElse(null));
        parameters.end();
        return operation;
    }

    private @Nullable OriginSelection origins(Parameters parameters, DatastoreName datastore) throws YangException {
        var wanted = parameters.takeAll("origin-filter");
        var unwanted = parameters.takeAll("negated-origin-filter");
        if (wanted.isEmpty() && unwanted.isEmpty()) {
            return null;
        }
        if (!wanted.isEmpty() && !unwanted.isEmpty()) {
            throw parameters.error(Failure.BAD_ELEMENT, "negated-origin-filter", "stands beside origin-filter");
        }
        if (datastore != DatastoreName.OPERATIONAL) {
            throw parameters.error(
                    Failure.UNKNOWN_ELEMENT, "origin-filter", "is for operational alone, not for " + datastore);
        }
        var origins = new HashSet<Identity>();
        for (var element : wanted.isEmpty() ? unwanted : wanted) {
            origins.add(origin(parameters, element));
        }
        return new OriginSelection(origins, wanted.isEmpty());
    }

    private Identity origin(Parameters parameters, XmlElement element) throws YangException {
        var text = element.text().strip();
        var colon = text.indexOf(':');
        var base = model.identity("ietf-origin:origin");
        return model.moduleOfNamespace(element.scope().getOrDefault(colon < 0 ? "" : text.substring(0, colon), ""))
                .flatMap(m -> model.identity(m.name() + ":" + text.substring(colon + 1)))
                .filter(i -> base.filter(b -> i.equals(b) || i.derivedFrom(b)).isPresent())
                .orElseThrow(() -> parameters.badValue(element.name(), text, "the identity of an origin"));
    }

    private static Content content(Parameters parameters) throws YangException {
        var text = parameters.text("config-filter").orElse("");
        return switch (text) {
            case "" -> Content.ALL;
            case "true" -> Content.CONFIG;
            case "false" -> Content.NONCONFIG;
            default -> throw parameters.badValue("config-filter", text, "true or false");
        };
    }

    private static int depth(Parameters parameters) throws YangException {
        var text = parameters.text("max-depth").orElse("unbounded");
        if (text.equals("unbounded")) {
            return Integer.MAX_VALUE;
        }
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > MAX_UINT16) {
            throw parameters.badValue("max-depth", text, "1 to " + MAX_UINT16 + " or unbounded");
        }
        return Integer.parseInt(text);
    }

    /** The datastore that an identityref names (RFC 8526 §3.1). */
    static DatastoreName nmdaDatastore(Parameters parameters) throws YangException {
        return identity(parameters, parameters.required("datastore"));
    }

    static DatastoreName identity(Parameters parameters, XmlElement element) throws YangException {
        var text = element.text().strip();
        var colon = text.indexOf(':');
        var namespace = element.scope().getOrDefault(colon < 0 ? "" : text.substring(0, colon), "");
        return Stream.of(DatastoreName.values())
                .filter(d -> d.toString().equals(text.substring(colon + 1)) && namespace.equals(namespaceOf(d)))
                .findFirst()
                .orElseThrow(() -> parameters.badValue("datastore", text, "the identity of a datastore"));
    }

    private static String namespaceOf(DatastoreName datastore) {
        return switch (datastore) {
            case RUNNING, CANDIDATE, INTENDED, OPERATIONAL -> "urn:ietf:params:xml:ns:yang:ietf-datastores";
            case FACTORY_DEFAULT -> "urn:ietf:params:xml:ns:yang:ietf-factory-default";
        };
    }
}
