package io.auspex.yang.xpath;

import io.auspex.yang.schema.Bits;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.EnumerationType;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.UnionType;
import io.auspex.yang.schema.ValueType;
import java.util.List;
import java.util.Optional;

/** The functions of RFC 7950 §10. */
final class YangFunctions {
    private final Evaluation evaluation;

    YangFunctions(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** RFC 7950 §10.3.1: what the first node refers to. */
    List<XPathNode> deref(List<XPathNode> nodes) {
        if (nodes.isEmpty() || nodes.getFirst().typed() == null) {
            return List.of();
        }
        var node = nodes.getFirst();
        if (node.typed() instanceof DataPath path) {
            var at = node;
            for (var up = at.up(); up != null; up = at.up()) {
                at = up;
            }
            var root = at.inner();
            evaluation.tree().budget().spend(path.steps().size());
            return root == null
                    ? List.of()
                    : XPathNode.find(root, path).map(List::of).orElseGet(List::of);
        }
        for (var leafref : leafrefs(node.schema().type())) {
            var targets = XPaths.compiled(leafref, node.schema()).targets(node, evaluation.tree());
            if (!targets.isEmpty()) {
                return targets;
            }
        }
        return List.of();
    }

    static List<LeafrefType> leafrefs(ValueType type) {
        return switch (type) {
            case LeafrefType leafref -> List.of(leafref);
            case UnionType union ->
                union.members().stream().flatMap(m -> leafrefs(m).stream()).toList();
            default -> List.of();
        };
    }

    /** RFC 7950 §10.4.1, §10.4.2: some node is of an identity derived from the named one. */
    boolean derivedFrom(List<XPathNode> nodes, String name, boolean orSelf) {
        for (var node : nodes) {
            if (node.typed() instanceof Identity identity) {
                var base = identity(name, node.schema());
                if (base.isPresent() && (identity.derivedFrom(base.get()) || (orSelf && identity.equals(base.get())))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<Identity> identity(String name, SchemaNode schema) {
        var colon = name.indexOf(':');
        var module = evaluation.names().module(colon < 0 ? "" : name.substring(0, colon));
        if (module.isEmpty() && colon < 0) {
            module = Optional.of(schema.module());
        }
        return module.flatMap(m -> schema.model().identity(m.name() + ":" + name.substring(colon + 1)));
    }

    /** RFC 7950 §10.5.1: the integer of an enumeration's value. */
    static double enumValue(List<XPathNode> nodes) {
        if (nodes.isEmpty() || !(nodes.getFirst().typed() instanceof String name)) {
            return Double.NaN;
        }
        return enumValue(nodes.getFirst().schema().type(), name);
    }

    private static double enumValue(ValueType type, String name) {
        return switch (type) {
            case EnumerationType enumeration -> {
                var value = enumeration.values().get(name);
                yield value == null ? Double.NaN : value;
            }
            case LeafrefType leafref -> enumValue(leafref.target().type(), name);
            case UnionType union ->
                union.members().stream()
                        .filter(m -> m.accepts(name))
                        .findFirst()
                        .map(m -> enumValue(m, name))
                        .orElse(Double.NaN);
            default -> Double.NaN;
        };
    }

    /** RFC 7950 §10.6.1. */
    static boolean bitIsSet(List<XPathNode> nodes, String name) {
        return !nodes.isEmpty()
                && nodes.getFirst().typed() instanceof Bits bits
                && bits.names().contains(name);
    }

    /** RFC 7950 §10.2.1. */
    boolean matches(String text, String pattern) {
        return evaluation.patterns().matches(text, pattern);
    }
}
