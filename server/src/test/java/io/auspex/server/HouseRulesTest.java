package io.auspex.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house: which module may know which, and what the pure ones keep away from. */
@AnalyzeClasses(packages = "io.auspex", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String ROOT = "io.auspex.";

    /** Module to the modules it may use; what is not named here may use nothing of the project. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("yang", Set.of()),
            Map.entry("yangbindings", Set.of()),
            Map.entry("access", Set.of("yang")),
            Map.entry("datastore", Set.of("yang")),
            Map.entry("notifications", Set.of("yang", "datastore", "access")),
            Map.entry("management", Set.of("yang", "datastore", "notifications", "access")),
            Map.entry("netconfprotocol", Set.of("yang")),
            Map.entry(
                    "netconfserver",
                    Set.of("yang", "access", "datastore", "notifications", "management", "netconfprotocol")),
            Map.entry("restconfserver", Set.of("yang", "access", "datastore", "notifications", "management")),
            Map.entry("netconfsouthbound", Set.of("yang", "netconfprotocol")),
            Map.entry(
                    "devicesimulator",
                    Set.of(
                            "yang",
                            "access",
                            "datastore",
                            "notifications",
                            "management",
                            "netconfprotocol",
                            "netconfserver")),
            Map.entry("expressions", Set.of()),
            Map.entry("assuranceengine", Set.of("expressions")),
            Map.entry("packs", Set.of("expressions", "assuranceengine")),
            Map.entry("anomalydetection", Set.of()),
            Map.entry("history", Set.of()),
            Map.entry(
                    "assuranceagent",
                    Set.of(
                            "yang",
                            "yangbindings",
                            "datastore",
                            "notifications",
                            "access",
                            "expressions",
                            "assuranceengine",
                            "packs",
                            "anomalydetection",
                            "history",
                            "netconfprotocol",
                            "netconfsouthbound")));

    private static String module(JavaClass type) {
        var rest = type.getPackageName().substring(ROOT.length());
        var dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    static Set<String> modules() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    private static final JavaClasses ALL = new com.tngtech.archunit.core.importer.ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.auspex");

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatTheDesignAllows(String module) {
        var allowed = MAY_USE.getOrDefault(module, Set.of());
        classes()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are of " + module + ", of " + new TreeSet<>(allowed) + " or of no module",
                        type -> !type.getPackageName().startsWith(ROOT)
                                || module(type).equals(module)
                                || allowed.contains(module(type))))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @ArchTest
    static final ArchRule noCycleBetweenModules =
            slices().matching("io.auspex.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCycleBetweenPackages = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages of the project";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule pureModulesStayPure = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.auspex.yang..",
                    "io.auspex.expressions..",
                    "io.auspex.assuranceengine..",
                    "io.auspex.anomalydetection..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe("are of network, SQL, SSH or a broker", type -> {
                var name = type.getPackageName();
                return List.of(
                                "java.net.http",
                                "java.nio.channels",
                                "java.sql",
                                "javax.net",
                                "io.netty",
                                "org.apache.sshd",
                                "org.apache.kafka")
                        .stream()
                        .anyMatch(name::startsWith);
            }));

    @ArchTest
    static final ArchRule onlyTheServerUsesLogback = noClasses()
            .that()
            .resideOutsideOfPackage("io.auspex.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");
}
