package io.auspex.yang.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.InputLimits;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7951 §4, §5 and §6 in both directions, JSON and XML side by side. */
class Rfc7951Test {
    private static ModelContext model;

    @BeforeAll
    static void load(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("example-foomod.yang"), """
                module example-foomod {
                  yang-version 1.1;
                  namespace "http://example.com/foomod";
                  prefix foo;
                  identity base-type;
                  identity iana-tunnel { base base-type; }
                  container top {
                    leaf foo { type uint8; }
                    leaf count { type int64; }
                    leaf-list bytes { type uint8; ordered-by user; }
                    list bar { key foo; leaf foo { type uint8; } leaf baz { type string; } }
                    list tunnel { key type; leaf type { type identityref { base base-type; } } }
                    anydata data;
                    anyxml raw;
                    leaf type { type identityref { base base-type; } }
                    leaf pi { type decimal64 { fraction-digits 4; } }
                    leaf nothing { type empty; }
                    leaf either { type union { type int32; type enumeration { enum unbounded; } type boolean; } }
                    leaf node { type instance-identifier { require-instance false; } }
                  }
                }
                """);
        Files.writeString(directory.resolve("example-barmod.yang"), """
                module example-barmod {
                  namespace "http://example.com/barmod";
                  prefix bar;
                  import example-foomod { prefix foo; }
                  identity tunnel { base foo:base-type; }
                  augment "/foo:top" { leaf bar { type boolean; } }
                }
                """);
        model = ModelLoader.load(List.of(directory));
    }

    private static void bothWays(String json, String xml) throws Exception {
        var limits = InputLimits.DEFAULT;
        var fromJson = new JsonReader(model, limits).readRoot(json.getBytes(UTF_8));
        var document = "<data xmlns=\"urn:ietf:params:xml:ns:yang:ietf-restconf\">" + xml + "</data>";
        assertThat(new XmlReader(model, limits).readRoot(document.getBytes(UTF_8)))
                .isEqualTo(fromJson);
        var jsonOut = new ByteArrayOutputStream();
        JsonWriter.write(fromJson, jsonOut, JsonOptions.COMPACT);
        assertThat(jsonOut.toString(UTF_8)).isEqualTo("{\"ietf-restconf:data\":" + json + "}");
        var xmlOut = new ByteArrayOutputStream();
        XmlWriter.write(fromJson, xmlOut, XmlOptions.COMPACT);
        assertThat(xmlOut.toString(UTF_8)).isEqualTo(document);
    }

    @Test
    void section4NamesAreQualifiedWhereTheModuleChanges() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"foo\":54,\"example-barmod:bar\":true}}",
                "<top xmlns=\"http://example.com/foomod\"><foo>54</foo>"
                        + "<bar xmlns=\"http://example.com/barmod\">true</bar></top>");
    }

    @Test
    void section5_3LeafListsAreArrays() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"bytes\":[123,0,3]}}",
                "<top xmlns=\"http://example.com/foomod\"><bytes>123</bytes><bytes>0</bytes><bytes>3</bytes></top>");
    }

    @Test
    void section5_4ListsAreArraysOfObjects() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"bar\":[{\"foo\":123,\"baz\":\"zig\"},{\"foo\":124,\"baz\":\"zag\"}]}}",
                "<top xmlns=\"http://example.com/foomod\"><bar><foo>123</foo><baz>zig</baz></bar>"
                        + "<bar><foo>124</foo><baz>zag</baz></bar></top>");
    }

    @Test
    void section6_1WideNumbersAreStrings() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"count\":\"-9007199254740993\",\"pi\":\"3.1416\"}}",
                "<top xmlns=\"http://example.com/foomod\"><count>-9007199254740993</count><pi>3.1416</pi></top>");
    }

    @Test
    void section6_8IdentitiesOfOtherModulesAreQualified() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"type\":\"example-barmod:tunnel\"}}",
                "<top xmlns=\"http://example.com/foomod\">"
                        + "<type xmlns:bar=\"http://example.com/barmod\">bar:tunnel</type></top>");
    }

    @ParameterizedTest
    @CsvSource({"\"<a/>&\",&lt;a/&gt;&amp;", "5,5", "null,''"})
    void section5_6ValuesOfAnyxmlAreText(String json, String xml) throws Exception {
        var read = new JsonReader(model, InputLimits.DEFAULT)
                .readRoot(("{\"example-foomod:top\":{\"raw\":" + json + "}}").getBytes(UTF_8));
        var out = new ByteArrayOutputStream();
        XmlWriter.write(read, out, XmlOptions.COMPACT);
        assertThat(out.toString(UTF_8)).contains("<raw>" + xml + "</raw>");
    }

    @Test
    void section5_6TextOfAnyxmlIsAString() throws Exception {
        var read = new XmlReader(model, InputLimits.DEFAULT)
                .readRoot(
                        "<data xmlns='urn:ietf:params:xml:ns:yang:ietf-restconf'><top xmlns='http://example.com/foomod'><raw>"
                                .concat("<![CDATA[<a/>]]></raw></top></data>")
                                .getBytes(UTF_8));
        var out = new ByteArrayOutputStream();
        JsonWriter.write(read, out, JsonOptions.COMPACT);
        assertThat(out.toString(UTF_8)).contains("\"raw\":\"<a/>\"");
    }

    @Test
    void section6_11AnIdentityInAPredicateIsQualifiedToo() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"node\":\"/example-foomod:top/tunnel[type='example-barmod:tunnel']\"}}",
                "<top xmlns=\"http://example.com/foomod\"><node xmlns:foo=\"http://example.com/foomod\""
                        + " xmlns:bar=\"http://example.com/barmod\">"
                        + "/foo:top/foo:tunnel[foo:type='bar:tunnel']</node></top>");
    }

    @Test
    void section6_9TypeEmptyIsAnArrayOfNull() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"nothing\":[null]}}",
                "<top xmlns=\"http://example.com/foomod\"><nothing/></top>");
    }

    @Test
    void section6_10AUnionHasTheTokenOfItsMember() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"either\":13}}",
                "<top xmlns=\"http://example.com/foomod\"><either>13</either></top>");
        bothWays(
                "{\"example-foomod:top\":{\"either\":\"unbounded\"}}",
                "<top xmlns=\"http://example.com/foomod\"><either>unbounded</either></top>");
        bothWays(
                "{\"example-foomod:top\":{\"either\":true}}",
                "<top xmlns=\"http://example.com/foomod\"><either>true</either></top>");
    }

    @Test
    void section6_11AnInstanceIdentifierNamesModulesWhereTheyChange() throws Exception {
        bothWays(
                "{\"example-foomod:top\":{\"node\":\"/example-foomod:top/bar[foo='5']/baz\"}}",
                "<top xmlns=\"http://example.com/foomod\"><node xmlns:foo=\"http://example.com/foomod\">"
                        + "/foo:top/foo:bar[foo:foo='5']/foo:baz</node></top>");
        bothWays(
                "{\"example-foomod:top\":{\"node\":\"/example-foomod:top/example-barmod:bar\"}}",
                "<top xmlns=\"http://example.com/foomod\"><node xmlns:foo=\"http://example.com/foomod\""
                        + " xmlns:bar=\"http://example.com/barmod\">/foo:top/bar:bar</node></top>");
    }
}
