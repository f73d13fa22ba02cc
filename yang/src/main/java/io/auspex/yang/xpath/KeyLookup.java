package io.auspex.yang.xpath;

import io.auspex.yang.schema.IntegerType;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.Expr.Comparison;
import io.auspex.yang.xpath.Expr.NodeTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a list by the key values that predicates fix, {@code list[key = 'x']}, without reading all entries.
 * What it gives may hold more than the predicates allow, never less.
 */
final class KeyLookup {
    private final Evaluation evaluation;

    KeyLookup(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Empty when the predicates fix no first key. */
    Optional<List<XPathNode>> entries(XPathNode parent, SchemaNode list, List<Expr> predicates) {
        if (list.kind() != NodeKind.LIST || list.keys().isEmpty() || predicates.isEmpty()) {
            return Optional.empty();
        }
        var values = new Object[list.keys().size()];
        for (var predicate : predicates) {
            if (Positions.counts(predicate)) {
                break;
            }
            collect(predicate, list, values);
        }
        var known = 0;
        while (known < values.length && values[known] != null) {
            known++;
        }
        if (known == 0) {
            return Optional.empty();
        }
        var key = ListKey.of(Arrays.copyOf(values, known));
        if (known < values.length) {
            return Optional.ofNullable(evaluation.tree().entriesFrom(parent, list, key));
        }
        var entry = evaluation.tree().entry(parent, list, key);
        return Optional.of(entry == null ? List.of() : List.of(entry));
    }

    private void collect(Expr predicate, SchemaNode list, Object[] values) {
        switch (predicate) {
            case Expr.And(var operands) -> operands.forEach(o -> collect(o, list, values));
            case Expr.Compare(var operator, var left, var right)
            when operator == Comparison.EQUAL -> {
                var key = key(list, left);
                var fixed = key == null ? left : right;
                key = key == null ? key(list, right) : key;
                if (key != null && values[key.index()] == null && Positions.isFixed(fixed)) {
                    values[key.index()] = value(key, fixed);
                }
            }
            default -> {}
        }
    }

    /** The key of a list that one side of a comparison names. */
    static @Nullable SchemaNode key(SchemaNode list, Expr side) {
        if (side instanceof Expr.Path(var start, var absolute, var steps)
                && start == null
                && !absolute
                && steps.size() == 1
                && steps.getFirst().axis() == Axis.CHILD
                && steps.getFirst().predicates().isEmpty()
                && steps.getFirst().test() instanceof NodeTest.Name(var namespace, var local)) {
            for (var key : list.keys()) {
                if (key.name().equals(local)
                        && (namespace == null || key.namespace().equals(namespace))) {
                    return key;
                }
            }
        }
        return null;
    }

    private @Nullable Object value(SchemaNode key, Expr fixed) {
        return switch (evaluation.value(fixed, Evaluation.focus(evaluation.current()))) {
            case XPathValue.Text(var text) -> parsed(key, text);
            case XPathValue.Number(var number) ->
                key.type() instanceof IntegerType ? parsed(key, Conversions.text(number)) : null;
            case XPathValue.NodeSet(var nodes) -> nodes.size() == 1 ? value(key, nodes.getFirst()) : null;
            case XPathValue.Truth _ -> null;
        };
    }

    private @Nullable Object value(SchemaNode key, XPathNode node) {
        var value = node.typed();
        return value != null && key.type().accepts(value) ? value : null;
    }

    private @Nullable Object parsed(SchemaNode key, String text) {
        try {
            return key.type()
                    .parse(
                            text,
                            prefix -> prefix.isEmpty()
                                    ? evaluation.names().module(prefix).or(() -> Optional.of(key.module()))
                                    : evaluation.names().module(prefix));
        } catch (InvalidValueException e) {
            return null;
        }
    }
}
