package io.auspex.restconfserver.openapi;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import io.auspex.yang.schema.BinaryType;
import io.auspex.yang.schema.BitsType;
import io.auspex.yang.schema.BooleanType;
import io.auspex.yang.schema.DecimalType;
import io.auspex.yang.schema.EmptyType;
import io.auspex.yang.schema.EnumerationType;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.IdentityrefType;
import io.auspex.yang.schema.InstanceIdentifierType;
import io.auspex.yang.schema.IntegerType;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.StringType;
import io.auspex.yang.schema.UnionType;
import io.auspex.yang.schema.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The types of leaves as JSON Schema (2020-12), for values as RFC 7951 §6 writes them. */
final class TypeSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Schemas of identities by their names as components, since many leaves share the same long lists. */
    private final Map<String, ObjectNode> identities = new TreeMap<>();

    Map<String, ObjectNode> identities() {
        return identities;
    }

    ObjectNode of(ValueType type) {
        return switch (type) {
            case IntegerType integer -> integer(integer);
            case DecimalType decimal -> decimal(decimal);
            case StringType string -> string(string);
            case BooleanType _ -> JSON.objectNode().put("type", "boolean");
            case EmptyType _ -> JSON.objectNode().set("const", JSON.arrayNode().add(JSON.nullNode()));
            case EnumerationType enumeration -> oneOf(enumeration.values().keySet());
            case BitsType bits -> {
                var node = JSON.objectNode().put("type", "string");
                bits.names().forEach(node.putArray("x-yang-bits")::add);
                yield node;
            }
            case BinaryType binary -> JSON.objectNode().put("type", "string").put("contentEncoding", "base64");
            case IdentityrefType identityref -> identityref(identityref);
            case InstanceIdentifierType _ ->
                JSON.objectNode().put("type", "string").put("description", "A path in the data tree.");
            case LeafrefType leafref -> of(leafref.target().type());
            case UnionType union -> {
                var node = JSON.objectNode();
                var members = node.putArray("anyOf");
                union.members().forEach(m -> members.add(of(m)));
                yield node;
            }
        };
    }

    private static ObjectNode oneOf(Iterable<String> values) {
        var node = JSON.objectNode().put("type", "string");
        values.forEach(node.putArray("enum")::add);
        return node;
    }

    private static ObjectNode integer(IntegerType type) {
        if (type.isWide()) {
            return ranged(JSON.objectNode().put("type", "string").put("pattern", "^-?[0-9]+$"), type.ranges());
        }
        var node = JSON.objectNode().put("type", "integer");
        var ranges = type.ranges().asRanges();
        if (ranges.size() == 1) {
            bounds(node, "minimum", "maximum", ranges.iterator().next());
        } else {
            var choices = node.putArray("anyOf");
            ranges.forEach(r -> bounds(choices.addObject(), "minimum", "maximum", r));
        }
        return node;
    }

    private static void bounds(ObjectNode node, String least, String most, Range<? extends Number> range) {
        node.put(least, range.lowerEndpoint().longValue());
        var upper = range.upperEndpoint().longValue();
        if (upper < Integer.MAX_VALUE || least.equals("minimum")) {
            node.put(most, upper);
        }
    }

    private static ObjectNode decimal(DecimalType type) {
        return ranged(
                JSON.objectNode()
                        .put("type", "string")
                        .put("pattern", "^-?[0-9]+(\\.[0-9]{1," + type.fractionDigits() + "})?$"),
                type.ranges());
    }

    /** Numbers that JSON carries as strings have no bounds in JSON Schema, so they are told as YANG does. */
    private static <T extends Comparable<T>> ObjectNode ranged(ObjectNode node, RangeSet<T> ranges) {
        if (!ranges.isEmpty()) {
            node.put(
                    "x-yang-range",
                    ranges.asRanges().stream()
                            .map(r -> plain(r.lowerEndpoint()) + ".." + plain(r.upperEndpoint()))
                            .collect(Collectors.joining("|")));
        }
        return node;
    }

    private static String plain(Object number) {
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    private static ObjectNode string(StringType type) {
        var node = JSON.objectNode().put("type", "string");
        var lengths = type.lengths().asRanges();
        if (lengths.size() == 1) {
            bounds(node, "minLength", "maxLength", lengths.iterator().next());
        } else if (!lengths.isEmpty()) {
            var choices = node.putArray("anyOf");
            lengths.forEach(r -> bounds(choices.addObject(), "minLength", "maxLength", r));
        }
        var rules = JSON.arrayNode();
        for (var pattern : type.patterns()) {
            var rule = EcmaPattern.of(pattern.expression())
                    .map(p -> JSON.objectNode().put("pattern", p))
                    .orElse(null);
            if (rule == null) {
                node.withArray("x-yang-pattern").add(pattern.expression());
            } else {
                rules.add(pattern.inverted() ? JSON.objectNode().set("not", rule) : rule);
            }
        }
        if (rules.size() == 1 && rules.get(0).has("pattern")) {
            node.set("pattern", rules.get(0).get("pattern"));
        } else if (!rules.isEmpty()) {
            node.set("allOf", rules);
        }
        return node;
    }

    private ObjectNode identityref(IdentityrefType type) {
        var home = type.home().name();
        var name = "identity_" + home + "_"
                + type.bases().stream().map(i -> i.toString().replace(':', '_')).collect(Collectors.joining("_"));
        identities.computeIfAbsent(name, _ -> oneOf(values(type, home)));
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** Those of the leaf's own module may be unqualified (RFC 7951 §6.8). */
    private static List<String> values(IdentityrefType type, String home) {
        var all = type.known().values().stream()
                .filter(type::accepts)
                .map(Identity::toString)
                .sorted()
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        type.known().values().stream()
                .filter(i -> type.accepts(i) && i.module().name().equals(home))
                .map(Identity::name)
                .sorted()
                .forEach(all::add);
        return all;
    }
}
