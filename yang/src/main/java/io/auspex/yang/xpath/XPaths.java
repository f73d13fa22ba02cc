package io.auspex.yang.xpath;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelException;
import io.auspex.yang.schema.Must;
import io.auspex.yang.schema.Prefixes;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.When;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of the model evaluated (RFC 7950 §7.5.3, §7.21.5, §9.9), in a tree with the defaults in use and all
 * containers without presence.
 */
public final class XPaths {
    private XPaths() {}

    /** The node at a path, also one in use that is not stored: a container without presence, or a default. */
    public static Optional<XPathNode> find(InnerNode root, DataPath path, XPathBudget budget) throws YangException {
        try {
            var tree = new Tree(true, budget);
            var at = XPathNode.root(root);
            for (var step : path.steps()) {
                var next = at.step(step);
                at = next == null ? tree.implied(at, step) : next;
                if (at == null) {
                    return Optional.empty();
                }
            }
            return Optional.of(at);
        } catch (XPathBudget.Exhausted e) {
            throw XPath.exhausted(e);
        }
    }

    /**
     * True when a must constraint holds.
     *
     * @param owner the schema node that has the constraint
     * @param node an instance of it
     * @throws YangException resource-denied when the budget is used up
     */
    public static boolean test(Must must, SchemaNode owner, XPathNode node, XPathBudget budget) throws YangException {
        try {
            return compiled(must, owner).truth(node, new Tree(true, budget));
        } catch (XPathBudget.Exhausted e) {
            throw XPath.exhausted(e);
        }
    }

    /**
     * True when a when condition holds.
     *
     * @param owner the schema node that has the condition
     * @param parent the node that an instance of {@code owner} is or would be a child of
     * @param node that instance; null where there is none
     */
    public static boolean test(
            When when, SchemaNode owner, XPathNode parent, @Nullable XPathNode node, XPathBudget budget)
            throws YangException {
        try {
            var context = when.onParent() ? parent : node == null ? parent.absent(owner) : node;
            return compiled(when, owner).truth(context, new Tree(true, budget));
        } catch (XPathBudget.Exhausted e) {
            throw XPath.exhausted(e);
        }
    }

    /**
     * The nodes that a leaf or leaf-list entry refers to by a leafref and that have its value; none when it dangles.
     *
     * @param type the leafref in the type of the node, itself or a member of its union
     */
    public static List<XPathNode> targets(LeafrefType type, XPathNode node, XPathBudget budget) throws YangException {
        try {
            return compiled(type, node.schema()).targets(node, new Tree(true, budget));
        } catch (XPathBudget.Exhausted e) {
            throw XPath.exhausted(e);
        }
    }

    /**
     * Compiles every expression of a model, so that a fault shows at the start and not when data comes.
     *
     * @throws ModelException that names the node, the expression and the place
     */
    public static void compileAll(ModelContext model) {
        compileAll(model.root());
    }

    private static void compileAll(SchemaNode node) {
        node.musts().forEach(m -> compiled(m, node));
        node.whens().forEach(w -> compiled(w, node));
        if (node.isLeafLike()) {
            YangFunctions.leafrefs(node.type()).forEach(l -> compiled(l, node));
        }
        node.children().forEach(XPaths::compileAll);
        node.operations().forEach(XPaths::compileAll);
        node.notifications().forEach(XPaths::compileAll);
    }

    static XPath compiled(Must must, SchemaNode owner) {
        return must.compiled().get(XPath.class, () -> compile("must", must.text(), must.prefixes(), owner));
    }

    static XPath compiled(When when, SchemaNode owner) {
        return when.compiled().get(XPath.class, () -> compile("when", when.text(), when.prefixes(), owner));
    }

    static LeafrefPath compiled(LeafrefType type, SchemaNode leaf) {
        return type.compiled().get(LeafrefPath.class, () -> new LeafrefPath(type, leaf));
    }

    /** A name without prefix is of the module that the node with the statement belongs to (RFC 7950 §6.4.1). */
    private static XPath compile(String statement, String text, Prefixes prefixes, SchemaNode owner) {
        XPathNames names = prefix -> prefix.isEmpty() ? Optional.of(owner.module()) : prefixes.module(prefix);
        try {
            return XPath.parse(text, names);
        } catch (XPathLexer.Fault e) {
            throw new ModelException(statement + " of " + owner + ": " + XPath.describe(text, e));
        }
    }
}
