package io.auspex.management;

import io.auspex.datastore.References;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** Evaluates the constraints of an operation's input: when, must, unique, leafref and instance-identifier (RFC 7950 §8.1). */
final class InputConstraints {
    private static final int MOST = 20;

    private final XPathBudget budget;
    private final List<YangError> errors = new ArrayList<>();

    InputConstraints(XPathBudget budget) {
        this.budget = budget;
    }

    /** The errors in an input, up to a bound. */
    List<YangError> broken(XPathNode input) throws YangException {
        inner(input);
        return errors.stream().limit(MOST).toList();
    }

    private void inner(XPathNode at) throws YangException {
        check(at);
        if (at.data().orElse(null) instanceof InnerNode inner) {
            for (var child : inner.children()) {
                child(child, at);
            }
        }
    }

    private void child(DataNode child, XPathNode at) throws YangException {
        switch (child) {
            case ListNode list -> {
                unique(list, at);
                for (var entry : list) {
                    inner(at.below(entry));
                }
            }
            case LeafListNode values -> {
                var position = 0;
                for (var value : values) {
                    check(at.below(values.schema(), value, position++));
                }
            }
            default -> inner(at.below(child));
        }
    }

    private void check(XPathNode node) throws YangException {
        var schema = node.schema();
        for (var when : schema.whens()) {
            if (!XPaths.test(when, schema, node.parent().orElseThrow(), node, budget)) {
                errors.add(YangError.of(
                                Failure.UNKNOWN_ELEMENT,
                                node.path(),
                                schema + ": exists only when " + when.text() + ", which is false")
                        .withType(ErrorType.APPLICATION)
                        .withInfo(ErrorInfo.badElement(schema.name())));
            }
        }
        for (var must : schema.musts()) {
            if (!XPaths.test(must, schema, node, budget)) {
                errors.add(YangError.of(
                                Failure.INVALID_CONFIGURATION,
                                node.path(),
                                Objects.requireNonNullElse(
                                        must.errorMessage(),
                                        schema + ": " + must.text() + " is false, and must be true"))
                        .withAppTag(Objects.requireNonNullElse(must.errorAppTag(), "must-violation")));
            }
        }
        if (!References.hold(node, budget)) {
            errors.add(YangError.of(
                            Failure.DATA_MISSING,
                            node.path(),
                            schema + ": refers to '" + node.value().orElseThrow() + "', which does not exist")
                    .withAppTag("instance-required"));
        }
    }

    private void unique(ListNode list, XPathNode above) {
        for (var unique : list.schema().uniques()) {
            var seen = new HashSet<List<Object>>();
            for (var entry : list) {
                var tuple = new ArrayList<>();
                for (var way : unique) {
                    value(entry, way, tuple);
                }
                if (tuple.size() == unique.size() && !seen.add(tuple)) {
                    errors.add(YangError.of(
                                    Failure.INVALID_CONFIGURATION,
                                    above.path().child(list.schema()),
                                    list.schema() + ": two entries have the same " + tuple + ", which has to be unique")
                            .withAppTag("data-not-unique"));
                }
            }
        }
    }

    private static void value(InnerNode entry, List<SchemaNode> way, List<Object> tuple) {
        DataNode at = entry;
        for (var step : way) {
            at = at instanceof InnerNode inner ? inner.child(step) : null;
        }
        if (at instanceof LeafNode leaf) {
            tuple.add(leaf.value());
        }
    }
}
