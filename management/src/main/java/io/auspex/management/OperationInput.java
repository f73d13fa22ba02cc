package io.auspex.management;

import io.auspex.datastore.Defaults;
import io.auspex.yang.data.Cases;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.When;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPaths;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the shape of an operation's input and fills in its defaults (RFC 7950 §7.14.2, §8.3.1): what is mandatory, and how
 * many elements there are. That only one case of a choice has data, the reader has seen to.
 */
final class OperationInput {
    private final List<YangError> errors = new ArrayList<>();
    private final XPathBudget budget;

    private OperationInput(XPathBudget budget) {
        this.budget = budget;
    }

    /**
     * The input with its default values.
     *
     * @param operation what the input is evaluated below: the root for an rpc, the target of an action
     * @throws YangException with an error for every node that is missing or too many, or whose constraints do not hold
     */
    static InnerNode checked(InnerNode input, XPathNode operation) throws YangException {
        var budget = XPathBudget.standard();
        var checks = new OperationInput(budget);
        var whole = checks.complete((TreeNode) Trees.copy(input), operation);
        if (checks.errors.isEmpty()) {
            checks.errors.addAll(new InputConstraints(budget).broken(operation.below(whole)));
        }
        if (!checks.errors.isEmpty()) {
            throw new YangException(checks.errors);
        }
        return whole;
    }

    private TreeNode complete(TreeNode node, XPathNode above) throws YangException {
        var at = above.below(node);
        var whole = node;
        for (var child : node.schema().children()) {
            whole = switch (node.child(child)) {
                case null -> absent(whole, child, at);
                case TreeNode inner -> whole.with(complete(inner, at));
                case TreeList list -> {
                    count(at, child, list.size());
                    var entries = new ArrayList<InnerNode>();
                    for (var entry : list) {
                        entries.add(complete((TreeNode) entry, at));
                    }
                    yield whole.with(TreeList.of(child, entries));
                }
                case TreeLeafList values -> {
                    count(at, child, values.size());
                    yield whole;
                }
                case DataNode _ -> whole;
            };
        }
        for (var choice : node.schema().choices()) {
            choice(node, choice, at);
        }
        return whole;
    }

    private void choice(TreeNode node, Choice choice, XPathNode at) throws YangException {
        var chosen = choice.cases().stream().filter(c -> Cases.hasData(c, node)).toList();
        if (chosen.isEmpty() && choice.mandatory() && holds(choice.whens(), choice.owner(), at)) {
            errors.add(YangError.of(
                            Failure.MISSING_ELEMENT,
                            at.path(),
                            node.schema() + ": one case of choice '" + choice.name() + "' is needed")
                    .withAppTag("missing-choice")
                    .withInfo(ErrorInfo.badElement(choice.name())));
        }
        for (var branch : chosen) {
            for (var nested : branch.nested()) {
                choice(node, nested, at);
            }
        }
    }

    private TreeNode absent(TreeNode node, SchemaNode child, XPathNode at) throws YangException {
        if (!Cases.inUse(child, node) || !holds(child.whens(), child, at)) {
            return node;
        }
        if (child.mandatory()) {
            errors.add(YangError.of(
                            Failure.MISSING_ELEMENT, at.path(), node.schema() + ": '" + child.name() + "' is mandatory")
                    .withInfo(ErrorInfo.badElement(child.name())));
            return node;
        }
        count(at, child, 0);
        if (child.isLeafLike() && !child.defaults().isEmpty()) {
            return node.with(Defaults.of(child));
        }
        if (child.kind() == NodeKind.CONTAINER && !child.presence()) {
            var inner = complete(TreeNode.empty(child), at);
            return inner.isEmpty() ? node : node.with(inner);
        }
        return node;
    }

    private void count(XPathNode at, SchemaNode child, int size) {
        if (size < child.minElements() || size > child.maxElements()) {
            var few = size < child.minElements();
            errors.add(YangError.of(
                            Failure.INVALID_CONFIGURATION,
                            at.path().child(child),
                            at.schema() + ": '" + child.name() + "' is there " + size + " times, expected "
                                    + (few ? "at least " + child.minElements() : "at most " + child.maxElements()))
                    .withAppTag(few ? "too-few-elements" : "too-many-elements")
                    .withInfo(ErrorInfo.badElement(child.name())));
        }
    }

    private boolean holds(List<When> whens, SchemaNode named, XPathNode at) throws YangException {
        for (var when : whens) {
            if (!XPaths.test(when, named, at, null, budget)) {
                return false;
            }
        }
        return true;
    }
}
