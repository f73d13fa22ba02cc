package io.auspex.notifications;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.filter.FilterReader;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNames;
import io.auspex.yang.xpath.XPathNode;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Filters of events by the nodes of the model (RFC 8639 §2.2, RFC 8040 §4.8.4). Prefixes are module names, or those that the
 * modules give themselves. An event for which a filter is too costly is not passed.
 */
public final class ModelFilters implements EventFilters {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFilters.class);

    /** Node visits that one event may cost: far above what an event has nodes. */
    private static final long VISITS = 100_000;

    private final ModelContext model;

    public ModelFilters(ModelContext model) {
        this.model = model;
    }

    /** Module names as prefixes, and the prefixes that modules give themselves. */
    public static XPathNames names(ModelContext model) {
        return prefix -> model.module(prefix)
                .or(() -> prefix.isEmpty()
                        ? Optional.empty()
                        : model.modules().stream()
                                .filter(m -> m.prefix().equals(prefix))
                                .findFirst());
    }

    @Override
    public Predicate<Notification> xpath(String expression) throws YangException {
        return xpath(expression, names(model));
    }

    /** An expression whose prefixes are explained where it stands, as in XML (RFC 8640 §7). */
    public Predicate<Notification> xpath(String expression, XPathNames names) throws YangException {
        var compiled = XPath.compile(expression, names);
        return event -> {
            try {
                return compiled.test(XPathNode.root(event.tree()), new XPathBudget(VISITS));
            } catch (YangException e) {
                LOG.atDebug().addKeyValue("filter", expression).setCause(e).log("filter not evaluated");
                return false;
            }
        };
    }

    @Override
    public Predicate<Notification> subtree(OpaqueNode filter) throws YangException {
        var elements = FilterReader.read(model, filter, InputLimits.DEFAULT);
        return event -> SubtreeMatch.selects(elements, event.tree());
    }
}
