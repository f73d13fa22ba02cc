package io.auspex.yang.xpath;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A compiled expression, for filters of requests; those of the model are behind {@link XPaths}. */
public final class XPath {
    private static final int MAX_LENGTH = 8192;
    private static final int SHOWN = 64;

    private final Expr expression;
    private final XPathNames names;

    private XPath(Expr expression, XPathNames names) {
        this.expression = expression;
        this.names = names;
    }

    /**
     * Compiles the expression of a request: at most 8 KiB, nested at most 32 deep.
     *
     * @throws YangException invalid-value, with the place and what is wrong
     */
    public static XPath compile(String text, XPathNames names) throws YangException {
        if (text.length() > MAX_LENGTH) {
            throw new YangException(
                    Failure.INVALID_VALUE, "an XPath expression of more than " + MAX_LENGTH + " characters");
        }
        try {
            return parse(text, names);
        } catch (XPathLexer.Fault e) {
            throw new YangException(Failure.INVALID_VALUE, describe(text, e));
        }
    }

    /**
     * The plain ways down that the expression is a union of, without those that lead nowhere in the schema; empty when it is
     * something else.
     */
    public Optional<List<LocationPath>> locationPaths(SchemaNode root) {
        return LocationPaths.of(expression, root, names);
    }

    /** The schema nodes that the expression may visit from a root. */
    public Set<SchemaNode> reach(SchemaNode root) {
        return XPathReach.of(this, root);
    }

    Expr expression() {
        return expression;
    }

    static XPath parse(String text, XPathNames names) throws XPathLexer.Fault {
        return new XPath(XPathParser.parse(text, names), names);
    }

    static String describe(String text, XPathLexer.Fault fault) {
        var shown = (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…").replaceAll("\\p{Cntrl}", "\uFFFD");
        var what = String.valueOf(fault.getMessage());
        return "XPath expression \"" + shown + "\", character " + (fault.at() + 1) + ": "
                + (what.length() <= 4 * SHOWN ? what : what.substring(0, 4 * SHOWN) + "…");
    }

    /** The value in a tree of data alone, without defaults that the data does not have. */
    public XPathValue evaluate(XPathNode context, XPathBudget budget) throws YangException {
        return evaluate(context, new Tree(false, budget));
    }

    /** As {@link #evaluate}, the defaults in use and the containers without presence being there (RFC 7950 §6.4.1). */
    public XPathValue evaluateWithDefaults(XPathNode context, XPathBudget budget) throws YangException {
        return evaluate(context, new Tree(true, budget));
    }

    private XPathValue evaluate(XPathNode context, Tree tree) throws YangException {
        try {
            return new Evaluation(tree, names, context).value(expression, Evaluation.focus(context));
        } catch (XPathBudget.Exhausted e) {
            throw exhausted(e);
        }
    }

    /** The nodes selected; invalid-value when the expression gives no nodes. */
    public List<XPathNode> select(XPathNode context, XPathBudget budget) throws YangException {
        if (evaluate(context, budget) instanceof XPathValue.NodeSet(var nodes)) {
            return nodes;
        }
        throw new YangException(
                YangError.of(Failure.INVALID_VALUE, "the XPath expression gives a value, expected nodes")
                        .withAppTag("not-a-node-set"));
    }

    /** The value as a boolean. */
    public boolean test(XPathNode context, XPathBudget budget) throws YangException {
        try {
            return truth(context, new Tree(false, budget));
        } catch (XPathBudget.Exhausted e) {
            throw exhausted(e);
        }
    }

    boolean truth(XPathNode context, Tree tree) {
        return new Evaluation(tree, names, context).truth(expression, Evaluation.focus(context));
    }

    static YangException exhausted(XPathBudget.Exhausted fault) {
        return new YangException(Failure.RESOURCE_DENIED, String.valueOf(fault.getMessage()));
    }
}
