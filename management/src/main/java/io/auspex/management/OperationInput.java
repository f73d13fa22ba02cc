package io.auspex.management;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;

/** Checks the input of an operation and fills in its defaults (RFC 7950 §7.14.2, §8.3.1). */
final class OperationInput {
    private OperationInput() {}

    /**
     * The input with its default values.
     *
     * @throws YangException naming every mandatory node that is missing
     */
    static InnerNode checked(InnerNode input) throws YangException {
        var missing = new ArrayList<YangError>();
        var whole = complete((TreeNode) Trees.copy(input), missing);
        if (!missing.isEmpty()) {
            throw new YangException(missing);
        }
        return whole;
    }

    private static TreeNode complete(TreeNode node, ArrayList<YangError> missing) {
        var whole = node;
        for (var child : node.schema().children()) {
            var found = node.child(child);
            if (found == null) {
                whole = absent(whole, child, missing);
            } else if (found instanceof TreeNode inner) {
                whole = whole.with(complete(inner, missing));
            }
        }
        for (var choice : node.schema().choices()) {
            if (choice.mandatory() && !isChosen(choice, node)) {
                missing.add(YangError.of(
                                Failure.MISSING_ELEMENT,
                                node.schema() + ": one case of choice '" + choice.name() + "' is needed")
                        .withAppTag("missing-choice")
                        .withInfo(ErrorInfo.badElement(choice.name())));
            }
        }
        return whole;
    }

    /** True when a case has data, directly or in a choice within it. */
    private static boolean isChosen(Choice choice, TreeNode node) {
        return choice.cases().stream()
                .anyMatch(c -> c.members().stream().anyMatch(m -> node.child(m) != null)
                        || c.nested().stream().anyMatch(n -> isChosen(n, node)));
    }

    private static TreeNode absent(TreeNode node, SchemaNode child, ArrayList<YangError> missing) {
        if (child.inCase().isPresent()) {
            return node;
        }
        if (child.mandatory() || child.minElements() > 0) {
            missing.add(YangError.of(Failure.MISSING_ELEMENT, node.schema() + ": '" + child.name() + "' is mandatory")
                    .withInfo(ErrorInfo.badElement(child.name())));
            return node;
        }
        if (child.kind() == NodeKind.LEAF && !child.defaults().isEmpty()) {
            DataNode leaf = new LeafNode(child, child.defaults().getFirst());
            return node.with(leaf);
        }
        if (child.kind() == NodeKind.CONTAINER && !child.presence()) {
            var inner = complete(TreeNode.empty(child), missing);
            return inner.isEmpty() ? node : node.with(inner);
        }
        return node;
    }
}
