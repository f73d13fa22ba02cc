package io.auspex.yangbindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier;

/** Shows what the schema behind the bindings and the served schema differ in, and that nobody can mix up their texts. */
class DerivedModulesTest {
    private static final String SERVICE =
            "/module ietf-service-assurance/container assured-services/list assured-service";

    @Test
    void differFromTheServedOnesInTheTypeOfTwoLeavesOnly() {
        // Given
        List<String> served = statements(ServedModules.schema());
        List<String> derived = statements(BindingCodec.get().modelContext());

        // When
        List<String> onlyServed = without(served, derived);
        List<String> onlyDerived = without(derived, served);

        // Then
        assertThat(onlyServed)
                .containsExactlyInAnyOrder(
                        SERVICE + "/leaf service/type leafref",
                        SERVICE + "/leaf service/type leafref/path "
                                + "/subservices/subservice/service-instance-parameter/service",
                        SERVICE + "/list instances/leaf name/type leafref",
                        SERVICE + "/list instances/leaf name/type leafref/path "
                                + "/subservices/subservice/service-instance-parameter/instance-name");
        assertThat(onlyDerived)
                .containsExactlyInAnyOrder(
                        SERVICE + "/leaf service/type string", SERVICE + "/list instances/leaf name/type string");
    }

    @Test
    void areNotAmongTheTextsThatAreServed() throws IOException {
        // When
        List<URL> texts = Collections.list(
                getClass().getClassLoader().getResources("META-INF/yang/ietf-service-assurance@2023-07-11.yang"));

        // Then
        assertThat(texts).isEmpty();
    }

    private static List<String> without(List<String> all, List<String> others) {
        List<String> rest = new ArrayList<>(all);
        others.forEach(rest::remove);
        return rest;
    }

    private static List<String> statements(EffectiveModelContext schema) {
        List<String> lines = new ArrayList<>();
        schema.getModuleStatements().values().forEach(module -> collect("", module, lines));
        return lines;
    }

    private static void collect(String parent, EffectiveStatement<?, ?> statement, List<String> lines) {
        String line = parent + "/"
                + statement.statementDefinition().getStatementName().getLocalName() + " " + argument(statement);
        lines.add(line);
        statement.effectiveSubstatements().forEach(child -> collect(line, child, lines));
    }

    private static String argument(EffectiveStatement<?, ?> statement) {
        @Nullable DeclaredStatement<?> declared = statement.getDeclared();
        return switch (statement.argument()) {
            case QName name -> name.getLocalName();
            case SchemaNodeIdentifier path -> path.getNodeIdentifiers().toString();
            case Object other ->
                declared == null || declared.rawArgument() == null ? other.toString() : declared.rawArgument();
        };
    }
}
