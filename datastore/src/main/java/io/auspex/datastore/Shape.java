package io.auspex.datastore;

import io.auspex.yang.data.Cases;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what one inner node has to have: mandatory nodes and choices, min-elements and max-elements (RFC 7950 §7.6.5,
 * §7.7.5, §7.9.4). Only configuration counts.
 */
final class Shape {
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";

    private final SchemaConstraints constraints;
    private final Applicability applicable;
    private final ErrorList errors;

    /** Says whether the when conditions of a node that is not there hold. */
    @FunctionalInterface
    interface Applicability {
        boolean applies(List<When> whens, SchemaNode named, DataPath parent);
    }

    Shape(SchemaConstraints constraints, Applicability applicable, ErrorList errors) {
        this.constraints = constraints;
        this.applicable = applicable;
        this.errors = errors;
    }

    /** Checks a node and, where asked, all below it. A top-level container that is not there demands nothing. */
    void check(DataPath path, TreeNode node, boolean all) {
        for (var schema : node.schema().children()) {
            if (errors.isFull()) {
                return;
            }
            if (schema.config()) {
                child(path, node, schema, all);
            }
        }
        for (var choice : node.schema().choices()) {
            choice(path, node, choice);
        }
    }

    private void child(DataPath path, TreeNode node, SchemaNode schema, boolean all) {
        var child = node.child(schema);
        if (child == null) {
            missing(path, node, schema);
            return;
        }
        switch (child) {
            case ListNode list -> {
                count(path, schema, list.size());
                if (all) {
                    list.forEach(e ->
                            check(path.entry(schema, java.util.Objects.requireNonNull(e.key())), (TreeNode) e, true));
                }
            }
            case LeafListNode values -> count(path, schema, values.size());
            case TreeNode inner -> {
                if (all) {
                    check(path.child(schema), inner, true);
                }
            }
            case DataNode _ -> {}
        }
    }

    private void missing(DataPath path, TreeNode node, SchemaNode schema) {
        if (path.isRoot() || !chosen(node, schema.inCase().orElse(null))) {
            return;
        }
        if (schema.mandatory() && applicable.applies(schema.whens(), schema, path)) {
            var at = path.child(schema);
            errors.add(YangError.of(Failure.DATA_MISSING, at, at + ": is mandatory and missing"));
        } else if (schema.minElements() > 0 && applicable.applies(schema.whens(), schema, path)) {
            count(path, schema, 0);
        } else if (constraints.demanding(schema) && applicable.applies(schema.whens(), schema, path)) {
            check(path.child(schema), TreeNode.empty(schema), true);
        }
    }

    private void count(DataPath path, SchemaNode schema, int size) {
        var at = path.child(schema);
        var kind = schema.kind() == NodeKind.LIST ? " entries" : " values";
        if (size > schema.maxElements()) {
            errors.add(YangError.of(
                            Failure.INVALID_CONFIGURATION,
                            at,
                            at + ": has " + size + kind + ", at most " + schema.maxElements() + " are allowed")
                    .withAppTag("too-many-elements"));
        } else if (size < schema.minElements()) {
            errors.add(YangError.of(
                            Failure.INVALID_CONFIGURATION,
                            at,
                            at + ": has " + size + kind + ", at least " + schema.minElements() + " are needed")
                    .withAppTag("too-few-elements"));
        }
    }

    private void choice(DataPath path, TreeNode node, Choice choice) {
        var any = false;
        for (var branch : choice.cases()) {
            if (Cases.hasData(branch, node)) {
                any = true;
                branch.nested().forEach(c -> choice(path, node, c));
            }
        }
        var configured =
                choice.cases().stream().flatMap(c -> c.members().stream()).anyMatch(SchemaNode::config);
        if (choice.mandatory()
                && !any
                && configured
                && !path.isRoot()
                && applicable.applies(choice.whens(), member(choice), path)) {
            errors.add(YangError.of(
                            Failure.DATA_MISSING,
                            path,
                            path + ": choice " + choice.name() + " is mandatory, expected one of "
                                    + String.join(
                                            ", ",
                                            choice.cases().stream()
                                                    .map(ChoiceCase::name)
                                                    .distinct()
                                                    .toList()))
                    .withAppTag("missing-choice")
                    .withInfo(new ErrorInfo(YANG, "missing-choice", choice.name())));
        }
    }

    private static SchemaNode member(Choice choice) {
        return choice.cases().stream()
                .flatMap(c -> c.members().stream())
                .findFirst()
                .orElse(choice.owner());
    }

    /** A node in a case is demanded only when that case has data. */
    private static boolean chosen(TreeNode node, @Nullable ChoiceCase branch) {
        return branch == null || Cases.hasData(branch, node);
    }
}
