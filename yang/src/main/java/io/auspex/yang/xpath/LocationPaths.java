package io.auspex.yang.xpath;

import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.Expr.NodeTest;
import io.auspex.yang.xpath.LocationPath.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether an expression is a union of plain ways down from the root. */
final class LocationPaths {
    private final XPathNames names;
    private final List<LocationPath> found = new ArrayList<>();

    private LocationPaths(XPathNames names) {
        this.names = names;
    }

    /** The ways, without those that lead nowhere in the schema; empty when the expression is something else. */
    static Optional<List<LocationPath>> of(Expr expression, SchemaNode root, XPathNames names) {
        var paths = new LocationPaths(names);
        return paths.add(expression, root) ? Optional.of(List.copyOf(paths.found)) : Optional.empty();
    }

    private boolean add(Expr expression, SchemaNode root) {
        return switch (expression) {
            case Expr.Union(var operands) -> operands.stream().allMatch(o -> add(o, root));
            case Expr.Path(var start, var absolute, var steps) when start == null && absolute -> path(steps, root);
            default -> false;
        };
    }

    private boolean path(List<Expr.Step> written, SchemaNode root) {
        var steps = new ArrayList<Step>();
        var at = root;
        for (var step : written) {
            if (step.axis() != Axis.CHILD || !(step.test() instanceof NodeTest.Name(var namespace, var local))) {
                return false;
            }
            var parent = at;
            var child = parent == null
                    ? null
                    : (namespace == null ? parent.child(local) : parent.childInNamespace(namespace, local))
                            .orElse(null);
            var keys = new HashMap<SchemaNode, Object>();
            for (var predicate : step.predicates()) {
                if (child == null || !collect(predicate, child, keys)) {
                    return false;
                }
            }
            if (child != null) {
                steps.add(new Step(child, keys));
            }
            at = child;
        }
        if (at != null) {
            found.add(new LocationPath(steps));
        }
        return true;
    }

    private boolean collect(Expr predicate, SchemaNode list, Map<SchemaNode, Object> keys) {
        return switch (predicate) {
            case Expr.And(var operands) -> operands.stream().allMatch(o -> collect(o, list, keys));
            case Expr.Compare(var operator, var left, var right)
            when operator == Expr.Comparison.EQUAL -> {
                var key = KeyLookup.key(list, left);
                yield key == null ? put(KeyLookup.key(list, right), left, keys) : put(key, right, keys);
            }
            default -> false;
        };
    }

    private boolean put(@Nullable SchemaNode key, Expr fixed, Map<SchemaNode, Object> keys) {
        if (key == null || !(fixed instanceof Expr.Literal(var text))) {
            return false;
        }
        try {
            var value = key.type().parse(text, p -> names.module(p).or(() -> Optional.of(key.module())));
            var other = keys.putIfAbsent(key, value);
            return other == null || other.equals(value);
        } catch (InvalidValueException _) {
            return false;
        }
    }
}
