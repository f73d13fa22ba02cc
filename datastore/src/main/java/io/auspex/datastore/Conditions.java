package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import io.auspex.yang.schema.When;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evaluates the must and when conditions that the changes of a commit can affect. */
final class Conditions {
    /** Visits that each evaluation adds to the budget, so that a large load is not refused for its size alone. */
    private static final long VISITS_EACH = 64;

    private final SchemaConstraints constraints;
    private final TreeNode before;
    private final TreeNode after;
    private XPathBudget budget = XPathBudget.standard();

    /** A condition to evaluate at one instance of its owner. */
    private record Affected(Condition condition, DataPath path) {}

    private final Set<Affected> affected = new LinkedHashSet<>();
    private final Set<DataPath> parents = new LinkedHashSet<>();

    Conditions(SchemaConstraints constraints, TreeNode before, TreeNode after, List<Change> changes) {
        this.constraints = constraints;
        this.before = before;
        this.after = after;
        if (!constraints.hasConditions()) {
            return;
        }
        var scopes = new HashSet<Affected>();
        for (var change : changes) {
            touched(change.path(), change.before(), scopes);
            touched(change.path(), change.after(), scopes);
        }
        budget = new XPathBudget(XPathBudget.DEFAULT + VISITS_EACH * affected.size());
    }

    private void touched(DataPath path, @Nullable DataNode node, Set<Affected> scopes) {
        if (node == null) {
            return;
        }
        Instances.below(path, node, constraints::reached, (at, instance) -> {
            for (var condition : constraints.reaching(instance.schema())) {
                var scope = Instances.prefix(at, Condition.apex(condition.owner(), instance.schema()));
                if (scopes.add(new Affected(condition, scope))) {
                    affect(condition, scope);
                }
            }
        });
    }

    /** All instances of the owner of a must below a node, those in use without being stored among them. */
    private void affectMust(Condition.OfMust must, DataPath scope) {
        var at = scope;
        var found = Trees.find(after, at);
        while (found.isEmpty() && Instances.isImplied(at.schema())) {
            at = at.parent().orElseThrow();
            found = Trees.find(after, at);
        }
        if (at.schema() == must.owner()) {
            found.ifPresent(_ -> affected.add(new Affected(must, scope)));
        } else if (found.isPresent() && found.get() instanceof TreeNode inner) {
            Instances.implied(
                    at,
                    inner,
                    Instances.way(at.schema(), must.owner()),
                    (path, _) -> affected.add(new Affected(must, path)));
        }
    }

    /** All instances of the owner of a condition below a node, and where there could be one. */
    private void affect(Condition condition, DataPath scope) {
        if (condition instanceof Condition.OfMust must) {
            affectMust(must, scope);
            return;
        }
        var owner = condition.owner();
        var found = Trees.find(after, scope).orElse(null);
        if (found == null) {
            return;
        }
        if (scope.schema() == owner) {
            affected.add(new Affected(condition, scope));
        } else if (found instanceof TreeNode inner) {
            Instances.of(
                    scope,
                    inner,
                    Instances.way(scope.schema(), owner),
                    (at, _) -> affected.add(new Affected(condition, at)));
        }
        if (condition instanceof Condition.OfWhen && found instanceof TreeNode inner && scope.schema() != owner) {
            var parent = owner.parent().orElseThrow();
            Instances.of(scope, inner, Instances.way(scope.schema(), parent), (at, _) -> parents.add(at));
        }
    }

    /** The nodes in which something may have become mandatory since a when condition changed. */
    Set<DataPath> parents() {
        return parents;
    }

    /**
     * Finds the nodes whose when is false: those that the commit brings are errors, the others go (RFC 7950 §8.3.1, §8.3.2).
     *
     * @return the paths of nodes to be removed
     */
    List<DataPath> unwanted(ErrorList errors) throws YangException {
        var unwanted = new ArrayList<DataPath>();
        for (var each : affected) {
            if (each.condition() instanceof Condition.OfWhen conditional && !errors.isFull()) {
                var owner = conditional.owner();
                var when = conditional.when();
                var node = XPathNode.find(after, each.path());
                if (node.isEmpty()
                        || XPaths.test(when, owner, node.get().parent().orElseThrow(), node.get(), budget)) {
                    continue;
                }
                if (Trees.find(before, each.path()).isPresent()) {
                    unwanted.add(each.path());
                } else {
                    errors.add(YangError.of(
                                    Failure.UNKNOWN_ELEMENT,
                                    each.path(),
                                    each.path() + ": exists only when " + when.text() + ", which is false")
                            .withType(io.auspex.yang.error.ErrorType.APPLICATION)
                            .withInfo(ErrorInfo.badElement(owner.name())));
                }
            }
        }
        return unwanted;
    }

    /** Finds must constraints that do not hold (RFC 7950 §15.4). */
    void musts(ErrorList errors) throws YangException {
        for (var each : affected) {
            if (each.condition() instanceof Condition.OfMust constraint && !errors.isFull()) {
                var owner = constraint.owner();
                var must = constraint.must();
                var node = XPaths.find(after, each.path(), budget);
                if (node.isPresent() && !XPaths.test(must, owner, node.get(), budget)) {
                    errors.add(YangError.of(
                                    Failure.INVALID_CONFIGURATION,
                                    each.path(),
                                    Objects.requireNonNullElse(
                                            must.errorMessage(),
                                            each.path() + ": " + must.text() + " is false, and must be true"))
                            .withAppTag(Objects.requireNonNullElse(must.errorAppTag(), "must-violation")));
                }
            }
        }
    }

    /** Finds leafs that refer to nothing (RFC 7950 §9.9, §15.5). */
    void references(ErrorList errors) throws YangException {
        for (var each : affected) {
            if (each.condition() instanceof Condition.OfReference(var _, var types, var _) && !errors.isFull()) {
                var node = XPathNode.find(after, each.path());
                var value = node.flatMap(XPathNode::value).orElse(null);
                if (value != null
                        && !References.isOtherwise(each.condition().owner().type(), value)
                        && !References.leads(types, node.get(), budget)) {
                    errors.add(YangError.of(
                                    Failure.DATA_MISSING,
                                    each.path(),
                                    each.path() + ": refers to '" + Values.text(value) + "', which is not found by "
                                            + types.stream()
                                                    .map(LeafrefType::toString)
                                                    .collect(Collectors.joining(" or ")))
                            .withAppTag("instance-required"));
                }
            }
        }
    }

    /**
     * True when all when conditions hold of something that is not there.
     *
     * @param named a node whose module gives names without prefix their meaning
     */
    boolean applies(List<When> whens, SchemaNode named, DataPath parent) {
        if (whens.isEmpty()) {
            return true;
        }
        var above = XPathNode.find(after, parent);
        if (above.isEmpty()) {
            return false;
        }
        try {
            for (var when : whens) {
                if (!XPaths.test(when, named, above.get(), null, budget)) {
                    return false;
                }
            }
            return true;
        } catch (YangException e) {
            return true;
        }
    }
}
