package io.auspex.datastore;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifierType;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.UnionType;
import io.auspex.yang.schema.ValueType;
import io.auspex.yang.schema.Values;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPaths;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Values that refer to other nodes by a leafref or an instance-identifier (RFC 7950 §9.9, §9.13), looked up. */
public final class References {
    private References() {}

    /**
     * True when a node of an operation's input refers to nothing, or to something that is there. A leafref to state is left to
     * whoever serves that state and does the operation.
     */
    public static boolean hold(XPathNode node, XPathBudget budget) throws YangException {
        var value = node.value().orElse(null);
        if (value == null) {
            return true;
        }
        var type = node.schema().type();
        var leafrefs = leafrefs(type)
                .filter(t -> t.requireInstance() && t.target().config())
                .toList();
        var points = value instanceof DataPath && isPointer(type);
        if (!points && leafrefs.isEmpty() || isOtherwise(type, value)) {
            return true;
        }
        return value instanceof DataPath path && points ? exists(path, node) : leads(leafrefs, node, budget);
    }

    private static boolean exists(DataPath path, XPathNode from) {
        var at = from;
        while (at.parent().isPresent()) {
            at = at.parent().get();
        }
        return at.data().orElse(null) instanceof InnerNode root
                && XPathNode.find(root, path).isPresent();
    }

    /** True when one of some leafrefs leads from a node to one of its value. */
    static boolean leads(List<LeafrefType> leafrefs, XPathNode node, XPathBudget budget) throws YangException {
        for (var leafref : leafrefs) {
            if (!XPaths.targets(leafref, node, budget).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The leafrefs in a type: itself, or those among the members of a union. */
    static Stream<LeafrefType> leafrefs(ValueType type) {
        return switch (type) {
            case LeafrefType leafref -> Stream.of(leafref);
            case UnionType union -> union.members().stream().flatMap(References::leafrefs);
            default -> Stream.of();
        };
    }

    /** True when a value of a type may be an instance-identifier whose node has to be there. */
    static boolean isPointer(ValueType type) {
        return switch (type) {
            case InstanceIdentifierType pointer -> pointer.requireInstance();
            case UnionType union -> union.members().stream().anyMatch(References::isPointer);
            default -> false;
        };
    }

    /** True when a value is one of a member of a union that refers to nothing, so that no target is needed (RFC 7950 §9.12). */
    static boolean isOtherwise(ValueType type, Object value) {
        return type instanceof UnionType union
                && union.members().stream().anyMatch(m -> switch (m) {
                    case UnionType _ -> isOtherwise(m, value);
                    case LeafrefType leafref -> !leafref.requireInstance() && m.accepts(value);
                    case InstanceIdentifierType pointer -> !pointer.requireInstance() && m.accepts(value);
                    default -> m.accepts(value) || reads(m, value);
                });
    }

    private static boolean reads(ValueType type, Object value) {
        try {
            type.parse(Values.text(value), _ -> Optional.empty());
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
