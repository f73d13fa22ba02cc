package io.auspex.netconfserver;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.Filter;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathNames;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes the filter of a subscription, which passes events whole or not at all (RFC 5277 §3.6). */
final class EventFilter {
    private final ModelFilters filters;
    private final ModelContext model;
    private final SchemaNode schema;

    /** @param schema of the anyxml node that the filter is the content of */
    EventFilter(ModelContext model, SchemaNode schema) {
        this.filters = new ModelFilters(model);
        this.model = model;
        this.schema = schema;
    }

    /** @throws YangException the filter cannot be read */
    Predicate<Notification> of(Filter filter) throws YangException {
        return switch (filter) {
            case Filter.None() -> _ -> true;
            case Filter.Subtree(var element) ->
                filters.subtree(new OpaqueNode(
                        schema,
                        OpaqueNode.Encoding.XML,
                        element.children().stream().map(XmlElement::toString).collect(Collectors.joining())));
            case Filter.XPath xpath ->
                filters.xpath(xpath.expression(), XPathNames.namespaces(model, xpath.prefixes()));
        };
    }
}
