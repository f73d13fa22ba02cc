package io.auspex.yang.schema;

import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.UnresolvedQName;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;

/** Finds the schema node that the path of a leafref leads to (RFC 7950 §9.9.2). */
final class LeafrefResolver {
    private final SchemaNode root;

    LeafrefResolver(SchemaNode root) {
        this.root = root;
    }

    void resolve(SchemaNode leaf, LeafrefType type) {
        var path = type.path();
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
