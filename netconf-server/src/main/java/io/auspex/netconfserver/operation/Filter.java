package io.auspex.netconfserver.operation;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.codec.Txid;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.filter.FilterElement;
import io.auspex.yang.filter.Selected;
import io.auspex.yang.filter.SubtreeFilter;
import io.auspex.yang.filter.XPathSelection;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.xpath.XPathNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which part of a datastore is asked for (RFC 6241 §6, §8.9). */
public sealed interface Filter {
    /** The element {@code filter} of an operation. */
    static Filter of(Parameters parameters) throws YangException {
        var found = parameters.take("filter");
        if (found.isEmpty()) {
            return new Filter.None();
        }
        var filter = found.get();
        var type = attribute(filter, "type").orElse("subtree");
        return switch (type) {
            case "subtree" -> new Filter.Subtree(filter);
            case "xpath" -> {
                var select = attribute(filter, "select")
                        .orElseThrow(() -> new YangException(
                                YangError.of(Failure.MISSING_ATTRIBUTE, "filter: attribute 'select' is missing")
                                        .withType(ErrorType.PROTOCOL)
                                        .withInfo(ErrorInfo.badAttribute("select"), ErrorInfo.badElement("filter"))));
                yield new Filter.XPath(
                        select, filter.scope(), ErrorInfo.badAttribute("select"), ErrorInfo.badElement("filter"));
            }
            default -> throw badAttribute("type", "filter", "is '" + type + "', expected subtree or xpath");
        };
    }

    /** An attribute without namespace, or with the one that RFC 6241's examples allow. */
    private static Optional<String> attribute(XmlElement element, String name) {
        return element.attributes().stream()
                .filter(a -> a.name().equals(name)
                        && (a.namespace().isEmpty() || a.namespace().equals(BASE)))
                .map(XmlAttribute::value)
                .findFirst();
    }

    private static YangException badAttribute(String attribute, String element, String what) {
        return new YangException(
                YangError.of(Failure.BAD_ATTRIBUTE, element + ": attribute '" + attribute + "' " + what)
                        .withInfo(ErrorInfo.badAttribute(attribute), ErrorInfo.badElement(element)));
    }

    /** All of it. */
    record None() implements Filter {}

    /**
     * What matches a tree of patterns (RFC 6241 §6).
     *
     * @param element the {@code filter} itself; without children it selects nothing
     */
    record Subtree(XmlElement element) implements Filter {
        public InnerNode of(InnerNode root, ModelContext model, Selected selected) {
            return SubtreeFilter.compile(root.schema(), elements(element.children(), model))
                    .of(root, selected);
        }

        private static List<FilterElement> elements(List<XmlElement> written, ModelContext model) {
            var elements = new ArrayList<FilterElement>(written.size());
            for (var one : written) {
                elements.add(element(one, model));
            }
            return elements;
        }

        private static FilterElement element(XmlElement written, ModelContext model) {
            var namespace = written.namespace();
            var text = written.children().isEmpty() ? written.text().strip() : "";
            return new FilterElement(
                    namespace.isEmpty()
                            ? null
                            : model.moduleOfNamespace(namespace)
                                    .map(ModuleInfo::name)
                                    .orElse(namespace),
                    written.name(),
                    written.attributes().stream().anyMatch(a -> !Txid.isTxid(a.namespace(), a.name())),
                    text.isEmpty() ? null : text,
                    prefix -> Optional.ofNullable(written.scope().get(prefix)).flatMap(model::moduleOfNamespace),
                    elements(written.children(), model));
        }
    }

    /**
     * The nodes that an XPath expression selects, each with its ancestors (RFC 6241 §8.9).
     *
     * @param prefixes to namespace names, as in force at the expression
     * @param place where it stands, as an error says it
     */
    record XPath(String expression, Map<String, String> prefixes, List<ErrorInfo> place) implements Filter {
        public XPath {
            prefixes = Map.copyOf(prefixes);
            place = List.copyOf(place);
        }

        XPath(String expression, Map<String, String> prefixes, ErrorInfo... place) {
            this(expression, prefixes, List.of(place));
        }

        /** @throws YangException the expression is wrong, gives no nodes or visits too many */
        public InnerNode of(InnerNode root, ModelContext model, Selected selected) throws YangException {
            return placed(() -> XPathSelection.of(root, compiled(model), selected));
        }

        /** The paths of the nodes that it selects, for a lock (RFC 5717 §2.4.1); errors as for {@link #of}. */
        public List<DataPath> paths(InnerNode root, ModelContext model) throws YangException {
            return placed(() -> XPathSelection.paths(root, compiled(model)));
        }

        private io.auspex.yang.xpath.XPath compiled(ModelContext model) throws YangException {
            return io.auspex.yang.xpath.XPath.compile(expression, XPathNames.namespaces(model, prefixes));
        }

        /** Something to do with the expression. */
        @FunctionalInterface
        private interface Use<T> {
            T apply() throws YangException;
        }

        private <T> T placed(Use<T> use) throws YangException {
            try {
                return use.apply();
            } catch (YangException e) {
                var where = place.toArray(ErrorInfo[]::new);
                throw new YangException(
                        e.errors().stream().map(error -> error.withInfo(where)).toList());
            }
        }
    }
}
