package io.auspex.notifications.push;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.filter.FilterReader;
import io.auspex.yang.filter.SubtreeFilter;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathNames;

/** Compiles the filters of subscriptions to datastores (RFC 8641 §3.6). */
public final class Selections {
    private final ModelContext model;
    private final XPathNames names;

    /** @param names the prefixes that expressions may use */
    public Selections(ModelContext model, XPathNames names) {
        this.model = model;
        this.names = names;
    }

    /**
     * The selection of an expression.
     *
     * @throws YangException when it cannot be read or is too complex
     */
    public Selection xpath(String expression) throws YangException {
        var compiled = XPath.compile(expression, names);
        var paths = compiled.locationPaths(model.root());
        if (paths.isEmpty()) {
            return new Selection.ByXPath("xpath " + expression, compiled, compiled.reach(model.root()));
        }
        return paths.get().stream().anyMatch(p -> p.steps().isEmpty())
                ? new Selection.All()
                : new Selection.BySubtree("xpath " + expression, SubtreeFilter.of(paths.get()));
    }

    /**
     * The selection of a subtree filter (RFC 6241 §6).
     *
     * @throws YangException when it cannot be read or is too complex
     */
    public Selection subtree(OpaqueNode filter) throws YangException {
        var elements = FilterReader.read(model, filter, InputLimits.DEFAULT);
        return new Selection.BySubtree(
                filter.encoding() + " " + filter.content(), SubtreeFilter.compile(model.root(), elements));
    }
}
