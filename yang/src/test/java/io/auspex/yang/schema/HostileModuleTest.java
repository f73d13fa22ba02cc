package io.auspex.yang.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that are meant to take the server down; the rows of the hostile-input table. */
class HostileModuleTest {
    private static ModelContext load(String... statements) {
        return ModelLoader.compile(
                "m.yang",
                "module m { yang-version 1.1; namespace 'urn:m'; prefix m; " + String.join("\n", statements) + "}");
    }

    private static void refused(String message, String... statements) {
        assertThatThrownBy(() -> load(statements))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private static String each(int count, java.util.function.IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    @Nested
    class A73 {
        @Test
        void tenThousandContainersInEachOtherAreRefused() {
            refused("nested deeper than 128", each(10_000, i -> "container c" + i + " {"), "}".repeat(10_000));
        }

        @Test
        void aChainOfTenThousandGroupingsIsRefused() {
            refused(
                    "nested deeper than 256",
                    each(10_000, i -> "grouping g" + i + " { container c { uses g" + (i + 1) + "; } }"),
                    "grouping g10000 { leaf l { type string; } } uses g0;");
        }

        @Test
        void groupingsThatUseEachOtherAreRefused() {
            refused("uses itself", "grouping a { uses b; } grouping b { container c { uses a; } } uses a;");
            refused("uses itself", "grouping a { uses b; } grouping b { container c { uses a; } }");
        }

        @Test
        void typedefsThatAreEachOtherAreRefused() {
            refused("m.yang", "typedef a { type b; } typedef b { type a; } leaf l { type a; }");
        }

        @Test
        void aChainOfTenThousandTypedefsIsLoadedOrRefused() {
            try {
                var chain = load(
                        each(10_000, i -> "typedef t" + i + " { type t" + (i + 1) + "; }"),
                        "typedef t10000 { type string; } leaf l { type t0; }");
                assertThat(chain.root().children()).hasSize(1);
            } catch (ModelException e) {
                assertThat(e).hasMessageContaining("m");
            }
        }

        @Test
        void identitiesThatAreEachOtherAreRefused() {
            refused("m.yang", "identity a { base b; } identity b { base a; }");
        }

        @Test
        void definitionsNamedAsThoseOfAnotherModuleThatTheyRestOnAreLoaded(@TempDir Path folder) throws Exception {
            Files.writeString(
                    folder.resolve("o.yang"),
                    "module o { yang-version 1.1; namespace 'urn:o'; prefix o; typedef a { type string; } identity x; }");
            Files.writeString(
                    folder.resolve("m.yang"),
                    "module m { yang-version 1.1; namespace 'urn:m'; prefix m; import o { prefix o; }"
                            + " typedef a { type o:a; } identity x { base o:x; } leaf l { type m:a; } }");
            assertThat(ModelLoader.load(List.of(folder)).root().child("l")).isPresent();
        }

        @Test
        void aChainOfTenThousandIdentitiesIsLoadedOrRefused() {
            try {
                var chain =
                        load(each(10_000, i -> "identity i" + i + " { base i" + (i + 1) + "; }"), "identity i10000;");
                assertThat(chain.identities()).hasSize(10_001);
            } catch (ModelException e) {
                assertThat(e).hasMessageContaining("m");
            }
        }

        @Test
        void leafrefsThatAreEachOtherAreRefused() {
            refused("leafref", "leaf a { type leafref { path '/m:b'; } } leaf b { type leafref { path '/m:a'; } }");
        }

        @Test
        void aModuleThatImportsItselfIsRefused() {
            refused("m", "import m { prefix x; }");
        }

        @Test
        void modulesThatImportEachOtherAreRefused(@TempDir Path folder) throws Exception {
            for (var pair : List.of("a b", "b a")) {
                var names = pair.split(" ");
                Files.writeString(
                        folder.resolve(names[0] + ".yang"),
                        "module %s { namespace 'urn:%s'; prefix %s; import %s { prefix x; } }"
                                .formatted(names[0], names[0], names[0], names[1]));
            }
            assertThatThrownBy(() -> ModelLoader.load(List.of(folder))).isInstanceOf(ModelException.class);
        }
    }

    @Nested
    class A74 {
        @Test
        void groupingsThatDoubleThirtyTimesAreRefused() {
            refused(
                    "more than 1000000 nodes",
                    each(
                            30,
                            i -> "grouping g%d { container a { uses g%d; } container b { uses g%d; } }"
                                    .formatted(i, i + 1, i + 1)),
                    "grouping g30 { leaf l { type string; } } uses g0;");
        }

        @Test
        void groupingsThatAreUsedSparinglyAreLoaded() {
            var model = load(
                    each(
                            5,
                            i -> "grouping g%d { container a { uses g%d; } container b { uses g%d; } }"
                                    .formatted(i, i + 1, i + 1)),
                    "grouping g5 { leaf l { type string; } } uses g0;");
            assertThat(model.root().child("a").orElseThrow().child("b")).isPresent();
        }
    }

    @Nested
    class A76 {
        @Test
        void aRangeOfAHundredThousandPartsIsRefused() {
            refused(
                    "a range of more than 1000 parts",
                    "leaf l { type int32 { range '" + each(100_000, i -> i + "").replace("\n", "|") + "'; } }");
        }

        @Test
        void aMillionEnumsAreRefused() {
            refused("m.yang: line", "leaf l { type enumeration {" + each(1_000_000, i -> "enum e" + i + ";") + "} }");
            refused(
                    "more than 65536 values",
                    "leaf l { type enumeration {" + each(70_000, i -> "enum e" + i + ";") + "} }");
        }
    }

    @Nested
    class A77 {
        @Test
        void oneRevisionOfAModuleWithTwoTextsIsRefused(@TempDir Path one, @TempDir Path other) throws Exception {
            var text = "module m { namespace 'urn:m'; prefix m; revision 2026-01-01; leaf l { type %s; } }";
            Files.writeString(one.resolve("m@2026-01-01.yang"), text.formatted("string"));
            Files.writeString(other.resolve("m@2026-01-01.yang"), text.formatted("string"));
            assertThat(ModelLoader.load(List.of(one, other)).module("m")).isPresent();
            Files.writeString(other.resolve("m@2026-01-01.yang"), text.formatted("int8"));
            assertThatThrownBy(() -> ModelLoader.load(List.of(one, other)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContainingAll(one.toString(), other.toString(), "m@2026-01-01");
        }
    }

    @Nested
    class A78 {
        @ParameterizedTest
        @ValueSource(strings = {"../../x", "/etc/passwd", "a b", "'a\\nb'", "n"})
        void aNameThatIsNoneOrNotThatOfTheFileIsRefused(String name) {
            assertThatThrownBy(
                            () -> ModelLoader.compile("m.yang", "module " + name + " { namespace 'urn:m'; prefix m; }"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("m.yang");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../../x.yang", "a b.yang", "m@..yang"})
        void aFileNameThatIsNoModuleNameIsRefused(String file) {
            assertThatThrownBy(() -> ModelLoader.compile(file, "module m { namespace 'urn:m'; prefix m; }"))
                    .isInstanceOf(ModelException.class);
        }
    }
}
