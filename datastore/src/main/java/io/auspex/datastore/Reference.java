package io.auspex.datastore;

import com.google.common.hash.HashFunction;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.AbstractQName;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.UnresolvedQName;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;

/**
 * A leafref of configuration whose target has to exist (RFC 7950 §9.9), brought into a form in which both ends have a
 * signature: the instance where their ways part, the keys that predicates fix, and the value. A reference holds when some
 * target has its signature.
 */
final class Reference {
    private final SchemaNode source;
    private final LeafrefType type;
    private final SchemaNode target;
    private final SchemaNode apex;
    private final List<FixedKey> fixed;
    private final int number;

    /** A key of a list on the way to the target that has to equal a leaf near the source. */
    private record FixedKey(SchemaNode key, SchemaNode apex, List<SchemaNode> way) {}

    private Reference(SchemaNode source, LeafrefType type, SchemaNode apex, List<FixedKey> fixed, int number) {
        this.source = source;
        this.type = type;
        this.target = type.target();
        this.apex = apex;
        this.fixed = fixed;
        this.number = number;
    }

    SchemaNode source() {
        return source;
    }

    SchemaNode target() {
        return target;
    }

    LeafrefType type() {
        return type;
    }

    /** The node where the way to the target parts from that to the source. */
    SchemaNode apex() {
        return apex;
    }

    /** The lowest node that has a part in the signature of a target. */
    SchemaNode anchor() {
        return fixed.isEmpty() ? apex : fixed.getLast().key().parent().orElseThrow();
    }

    boolean optionalFor(Object value) {
        return References.isOtherwise(source.type(), value);
    }

    /** True when a default of the target has a value. */
    boolean mayLeadToDefault(Object value) {
        return target.defaults().contains(value);
    }

    /** The leaves other than keys of their own lists whose change gives references another signature. */
    List<SchemaNode> operands() {
        return fixed.stream()
                .filter(f -> !f.way().isEmpty())
                .map(f -> f.way().getLast())
                .filter(leaf -> !leaf.isKey()
                        || leaf.parent().orElseThrow() != source.parent().orElseThrow())
                .toList();
    }

    /** The lowest node above both the source and its operands. */
    SchemaNode scope() {
        var scope = source.parent().orElseThrow();
        for (var key : fixed) {
            scope = commonAncestor(scope, key.apex());
        }
        return scope;
    }

    private static SchemaNode commonAncestor(SchemaNode a, SchemaNode b) {
        for (var at = a; ; at = at.parent().orElseThrow()) {
            for (var other = Optional.of(b);
                    other.isPresent();
                    other = other.get().parent()) {
                if (other.get() == at) {
                    return at;
                }
            }
        }
    }

    /** The reference of a leafref; empty when its path is none of the plain kind, which is then evaluated by XPath. */
    static Optional<Reference> of(SchemaNode source, LeafrefType type, int number) {
        if (!(type.path().getSteps() instanceof PathExpression.LocationPathSteps steps)
                || !type.target().config()) {
            return Optional.empty();
        }
        var location = steps.getLocationPath();
        var apex = root(source, location);
        var at = apex;
        var fixed = new ArrayList<FixedKey>();
        for (var step : location.getSteps()) {
            if (step.getAxis() == YangXPathAxis.PARENT) {
                at = at.parent().orElseThrow();
                apex = at;
                continue;
            }
            at = child(source, at, ((YangLocationPath.QNameStep) step).getQName());
            for (var predicate : step.getPredicates()) {
                var key = key(source, at, predicate);
                if (key == null) {
                    return Optional.empty();
                }
                fixed.add(key);
            }
        }
        return Optional.of(new Reference(source, type, apex, fixed, number));
    }

    private static SchemaNode root(SchemaNode source, YangLocationPath location) {
        var at = source;
        while (location.isAbsolute() && at.parent().isPresent()) {
            at = at.parent().get();
        }
        return at;
    }

    private static SchemaNode child(SchemaNode source, SchemaNode parent, AbstractQName name) {
        var found = switch (name) {
            case QName q -> parent.childInNamespace(q.getNamespace().toString(), q.getLocalName());
            case UnresolvedQName.Unqualified _ ->
                parent.child(source.module().name(), name.getLocalName()).or(() -> parent.child(name.getLocalName()));
            default -> parent.child(name.getLocalName());
        };
        return found.orElseThrow();
    }

    private static @Nullable FixedKey key(SchemaNode source, SchemaNode list, YangExpr predicate) {
        if (!(predicate instanceof YangBinaryExpr equal)
                || equal.getOperator() != YangBinaryOperator.EQUALS
                || !(equal.getLeftExpr() instanceof YangQNameExpr name)
                || !(equal.getRightExpr() instanceof YangPathExpr right)
                || right.getLocationPath().isEmpty()) {
            return null;
        }
        var at = source;
        var apex = source;
        var way = new ArrayList<SchemaNode>();
        for (var step : right.getLocationPath().get().getSteps()) {
            if (step.getAxis() == YangXPathAxis.PARENT) {
                at = at.parent().orElseThrow();
                apex = at;
            } else {
                at = child(source, at, ((YangLocationPath.QNameStep) step).getQName());
                way.add(at);
            }
        }
        var single = way.stream().allMatch(n -> n.kind() == NodeKind.CONTAINER || n.kind() == NodeKind.LEAF);
        var key = child(source, list, name.getQName());
        return single && key.isKey() ? new FixedKey(key, apex, way) : null;
    }

    /** The signature that a target has to have; one that none has when a leaf that a predicate compares with is missing. */
    long ofSource(HashFunction hash, TreeNode root, DataPath path, Object value) {
        var hasher = start(hash, path);
        for (var key : fixed) {
            var at = Instances.prefix(path, key.apex());
            for (var step : key.way()) {
                at = at.child(step);
            }
            var operand = operand(root, at);
            if (operand == null) {
                return hash.newHasher().putInt(~number).hash().asLong();
            }
            put(hasher, operand);
        }
        put(hasher, value);
        return hasher.hash().asLong();
    }

    private static @Nullable Object operand(TreeNode root, DataPath path) {
        var list = path.parent().orElseThrow();
        if (path.schema().isKey() && list.key().isPresent()) {
            return list.key().get().value(path.schema().index());
        }
        return Trees.find(root, path).orElse(null) instanceof LeafNode leaf ? leaf.value() : null;
    }

    /**
     * The signature of a target.
     *
     * @param path that of the target, or of another node at or below the {@link #anchor}
     */
    long ofTarget(HashFunction hash, DataPath path, Object value) {
        var hasher = start(hash, path);
        for (var key : fixed) {
            var list = Instances.prefix(path, key.key().parent().orElseThrow());
            put(hasher, list.key().orElseThrow().value(key.key().index()));
        }
        put(hasher, value);
        return hasher.hash().asLong();
    }

    private com.google.common.hash.Hasher start(HashFunction hash, DataPath path) {
        var hasher = hash.newHasher().putInt(number);
        for (DataPath at = Instances.prefix(path, apex);
                at != null;
                at = at.parent().orElse(null)) {
            at.key().ifPresent(k -> k.values().forEach(v -> put(hasher, v)));
        }
        return hasher;
    }

    private static void put(com.google.common.hash.Hasher hasher, Object value) {
        hasher.putString(Values.text(value), StandardCharsets.UTF_8).putByte((byte) 0xff);
    }

    /** Where the target would stand, for messages. */
    String expected(TreeNode root, DataPath path) {
        var text = new StringBuilder();
        var base = Instances.prefix(path, apex);
        text.append(base.isRoot() ? "" : base);
        for (var step : Instances.way(apex, target)) {
            text.append('/').append(step.jsonName());
            for (var key : fixed) {
                if (key.key().parent().orElseThrow() == step) {
                    var at = Instances.prefix(path, key.apex());
                    for (var way : key.way()) {
                        at = at.child(way);
                    }
                    var operand = operand(root, at);
                    text.append('[')
                            .append(key.key().name())
                            .append("='")
                            .append(operand == null ? "" : Values.text(operand))
                            .append("']");
                }
            }
        }
        return text.toString();
    }
}
