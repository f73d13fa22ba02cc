package io.auspex.yang.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.UnresolvedQName;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;

/** Finds the schema node that the path of a leafref leads to (RFC 7950 §9.9.2). */
final class LeafrefResolver {
    private static final int MAX_CHAIN = 128;

    private final SchemaNode root;
    private final Map<SchemaNode, Integer> chains = new HashMap<>();
    private final Set<LeafrefType> resolving = new HashSet<>();

    LeafrefResolver(SchemaNode root) {
        this.root = root;
    }

    void resolve(SchemaNode leaf, LeafrefType type) {
        var path = type.path();
        if (!resolving.add(type)) {
            throw fault(leaf, path, "it takes itself to resolve it");
        }
        type.target(
                switch (path.getSteps()) {
                    case PathExpression.LocationPathSteps steps -> walk(leaf, leaf, steps.getLocationPath(), path);
                    case PathExpression.DerefSteps steps -> {
                        var reference = walk(leaf, leaf, steps.getDerefArgument(), path);
                        for (var inner : TypeCompiler.leafrefs(reference.type())) {
                            resolve(reference, inner);
                        }
                        var start = TypeCompiler.leafrefs(reference.type())
                                .getFirst()
                                .target();
                        yield walk(leaf, start, steps.getRelativePath(), path);
                    }
                    default -> throw fault(leaf, path, "an unknown kind of path");
                });
        resolving.remove(type);
    }

    /** Follows the references of a leaf, all of which are resolved, to the leafs that refer to no other. */
    int chain(SchemaNode leaf) {
        var known = chains.get(leaf);
        if (known != null) {
            return known;
        }
        chains.put(leaf, MAX_CHAIN);
        var length = 0;
        for (var leafref : TypeCompiler.leafrefs(leaf.type())) {
            length = Math.max(length, 1 + chain(leafref.target()));
            if (length > MAX_CHAIN) {
                throw fault(leaf, leafref.path(), "it refers to itself, or through more than " + MAX_CHAIN + " others");
            }
        }
        chains.put(leaf, length);
        return length;
    }

    private SchemaNode walk(SchemaNode leaf, SchemaNode from, YangLocationPath steps, PathExpression path) {
        var at = steps.isAbsolute() ? root : from;
        for (var step : steps.getSteps()) {
            var here = at;
            if (step.getAxis() == YangXPathAxis.PARENT) {
                at = here.parent().orElseThrow(() -> fault(leaf, path, "it leads above the root"));
            } else if (step instanceof YangLocationPath.QNameStep named) {
                at = child(leaf, here, named, path);
            } else {
                throw fault(leaf, path, "step " + step + " is none of RFC 7950 §9.9.2");
            }
        }
        return at;
    }

    private static SchemaNode child(
            SchemaNode leaf, SchemaNode parent, YangLocationPath.QNameStep step, PathExpression path) {
        var name = step.getQName();
        var found = switch (name) {
            case QName q -> parent.childInNamespace(q.getModule().namespace().toString(), q.getLocalName());
            case UnresolvedQName.Unqualified u -> parent.child(leaf.module().name(), u.getLocalName());
            default -> parent.child(name.getLocalName());
        };
        return found.orElseThrow(() -> fault(leaf, path, parent + " has no child " + name.getLocalName()));
    }

    private static ModelException fault(SchemaNode leaf, PathExpression path, String why) {
        return new ModelException("leafref " + leaf + ", path " + path.getOriginalString() + ": " + why);
    }
}
