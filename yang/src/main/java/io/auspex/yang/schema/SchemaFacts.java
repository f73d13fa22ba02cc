package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.YangConstants;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.MustConstraintAware;
import org.opendaylight.yangtools.yang.model.api.UserOrderedAware;
import org.opendaylight.yangtools.yang.model.api.WhenConditionAware;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.WhenEffectiveStatement;

/** The properties of a schema node that are not its place; types and defaults come after the tree stands. */
final class SchemaFacts {
    /** A default as the module has it, parsed once all leafrefs are resolved. */
    record DefaultText(String text) {}

    @Nullable
    ValueType type;

    List<DefaultText> defaultTexts = List.of();
    List<Object> defaults = List.of();
    boolean mandatory;
    boolean presence;
    boolean userOrdered;
    int minElements;
    int maxElements = Integer.MAX_VALUE;
    List<Must> musts = List.of();
    List<When> whens = List.of();
    List<List<List<SchemaNode>>> uniques = List.of();

    @Nullable
    String description;

    List<String> extensions = List.of();

    static SchemaFacts of(org.opendaylight.yangtools.yang.model.api.SchemaNode schema, DeclaredPrefixes prefixes) {
        var facts = new SchemaFacts();
        facts.description = schema.getDescription().orElse(null);
        facts.extensions = extensionsOf(schema);
        facts.presence = schema instanceof ContainerSchemaNode c && c.isPresenceContainer();
        facts.mandatory = schema instanceof MandatoryAware m && m.isMandatory();
        facts.userOrdered = schema instanceof UserOrderedAware<?> u && u.isUserOrdered();
        if (schema instanceof ElementCountConstraintAware counted) {
            counted.getElementCountConstraint().ifPresent(count -> {
                var min = count.getMinElements();
                var max = count.getMaxElements();
                facts.minElements = min == null ? 0 : min;
                facts.maxElements = max == null ? Integer.MAX_VALUE : max;
            });
        }
        if (schema instanceof MustConstraintAware musts) {
            facts.musts = musts.getMustConstraints().stream()
                    .map(m -> new Must(
                            m.asEffectiveStatement().getDeclared().rawArgument(),
                            prefixes.of(m.asEffectiveStatement().getDeclared()),
                            m.getErrorMessage().orElse(null),
                            m.getErrorAppTag().orElse(null),
                            new Memo()))
                    .toList();
        }
        if (schema instanceof WhenConditionAware conditional) {
            facts.whens = when(conditional, false, prefixes).stream().toList();
        }
        facts.defaultTexts = defaultsOf(schema, facts.mandatory);
        return facts;
    }

    static Optional<When> when(WhenConditionAware schema, boolean onParent, DeclaredPrefixes prefixes) {
        return schema instanceof EffectiveStatementEquivalent<?> statement
                ? statement
                        .asEffectiveStatement()
                        .findFirstEffectiveSubstatement(WhenEffectiveStatement.class)
                        .map(EffectiveStatement::getDeclared)
                        .map(w -> new When(w.rawArgument(), prefixes.of(w), onParent, new Memo()))
                : Optional.empty();
    }

    private static List<DefaultText> defaultsOf(
            org.opendaylight.yangtools.yang.model.api.SchemaNode schema, boolean mandatory) {
        return switch (schema) {
            case LeafSchemaNode leaf
            when !mandatory ->
                leaf.getType().getDefaultValue().map(d -> new DefaultText(d.toString())).stream()
                        .toList();
            case LeafListSchemaNode leafs ->
                leafs.getDefaults().stream()
                        .map(d -> new DefaultText(d.toString()))
                        .toList();
            default -> List.of();
        };
    }

    private static List<String> extensionsOf(org.opendaylight.yangtools.yang.model.api.SchemaNode schema) {
        var names = new ArrayList<String>();
        if (schema instanceof EffectiveStatementEquivalent<?> e) {
            // The effective model drops the statements of extensions that YANG Tools does not know.
            var declared = e.asEffectiveStatement().getDeclared();
            if (declared != null) {
                for (var statement : declared.declaredSubstatements()) {
                    var name = statement.statementDefinition().getStatementName();
                    if (!name.getModule().equals(YangConstants.RFC6020_YIN_MODULE)) {
                        names.add(name.getNamespace() + "#" + name.getLocalName());
                    }
                }
            }
        }
        return List.copyOf(names);
    }
}
