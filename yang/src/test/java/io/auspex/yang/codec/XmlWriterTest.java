package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlWriterTest {
    private static final XmlReader READER = new XmlReader(MODEL, InputLimits.DEFAULT);
    private static final JsonReader JSON = new JsonReader(MODEL, InputLimits.DEFAULT);

    private static String written(DataNode node, XmlOptions options) throws IOException {
        var out = new ByteArrayOutputStream();
        XmlWriter.write(node, out, options);
        return out.toString(UTF_8);
    }

    private static DataNode json(String text, String target) throws Exception {
        return JSON.read(text.getBytes(UTF_8), path(target));
    }

    @Test
    void eachElementOfAnotherModuleDeclaresItsNamespace() throws Exception {
        var node = json(
                "{\"ietf-restconf:data\":{\"rc-test:top\":{\"low\":1,\"flag\":[null],\"ratio\":\"2\",\"opts\":\"c a\","
                        + "\"tag\":[\"<&>]]>\"],\"row\":[{\"id\":1}]}}}",
                "/");
        assertThat(written(node, XmlOptions.COMPACT))
                .isEqualTo("<data xmlns=\"urn:ietf:params:xml:ns:yang:ietf-restconf\"><top xmlns=\"urn:rc-test\">"
                        + "<ratio>2.0</ratio><flag/><opts>a c</opts><low>1</low><tag>&lt;&amp;>]]&gt;</tag>"
                        + "<row><id>1</id></row></top></data>");
    }

    @Test
    void prefixesOfValuesAreDeclaredWhereTheyStand() throws Exception {
        var node = json(
                "{\"example-jukebox:jukebox\":{\"library\":{\"artist\":[{\"name\":\"a\",\"album\":[{\"name\":\"b\","
                        + "\"genre\":\"example-jukebox:rock\"}]}]},\"playlist\":[{\"name\":\"p\",\"song\":[{\"index\":1,"
                        + "\"id\":\"/example-jukebox:jukebox/library/artist[name='a']\"}]}]}}",
                "/example-jukebox:jukebox");
        var text = written(node, XmlOptions.COMPACT);
        assertThat(text)
                .contains("<genre xmlns:jbox=\"https://example.com/ns/example-jukebox\">jbox:rock</genre>")
                .contains("<id xmlns:jbox=\"https://example.com/ns/example-jukebox\">"
                        + "/jbox:jukebox/jbox:library/jbox:artist[jbox:name='a']</id>");
        assertThat(READER.read(text.getBytes(UTF_8), path("/example-jukebox:jukebox")))
                .isEqualTo(node);
    }

    @Test
    void prettyXmlReadsTheSame() throws Exception {
        var node = json("{\"rc-test:top\":{\"low\":1,\"left\":\" a\\nb \",\"row\":[{\"id\":1}]}}", "/rc-test:top");
        var text = written(node, XmlOptions.PRETTY);
        assertThat(text).startsWith("<top xmlns=\"urn:rc-test\">\n  <low>1</low>\n  <row>\n    <id>1</id>\n  </row>\n");
        assertThat(READER.read(text.getBytes(UTF_8), path("/rc-test:top"))).isEqualTo(node);
    }

    @Test
    void metadataIsWrittenAsAttributes() throws Exception {
        var intended = MODEL.identity("ietf-origin:intended").orElseThrow();
        Annotations annotations = node -> switch (node.schema().name()) {
            case "top" -> List.of(Annotation.origin(intended));
            case "mtu" -> List.of(Annotation.DEFAULT);
            default -> List.of();
        };
        var node = json("{\"rc-test:top\":{\"mtu\":1500,\"low\":1}}", "/rc-test:top");
        assertThat(written(node, XmlOptions.COMPACT.with(annotations, intended.module())))
                .isEqualTo("<top xmlns=\"urn:rc-test\" xmlns:or=\"urn:ietf:params:xml:ns:yang:ietf-origin\" "
                        + "or:origin=\"or:intended\"><mtu xmlns:wd=\"urn:ietf:params:xml:ns:netconf:default:1.0\" "
                        + "wd:default=\"true\">1500</mtu><low>1</low></top>");
    }

    @Test
    void opaqueContentCrossesTheEncodings() throws Exception {
        var inJson = json(
                "{\"rc-test:top\":{\"blob\":{\"rc-test:top\":{\"a b\":[\"x<\",2],\"c\":{\"d\":true}}}}}",
                "/rc-test:top");
        var xml = written(inJson, XmlOptions.COMPACT);
        assertThat(xml)
                .isEqualTo("<top xmlns=\"urn:rc-test\"><blob><top xmlns=\"urn:rc-test\"><a_b>x&lt;</a_b><a_b>2</a_b>"
                        + "<c><d>true</d></c></top></blob></top>");
        var out = new ByteArrayOutputStream();
        JsonWriter.write(READER.read(xml.getBytes(UTF_8), path("/rc-test:top")), out, JsonOptions.COMPACT);
        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"rc-test:top\":{\"blob\":{\"top\":{\"a_b\":[\"x<\",\"2\"],\"c\":{\"d\":\"true\"}}}}}");
    }

    @Test
    void emptyAnydataCrossesTheEncodings() throws Exception {
        assertThat(written(json("{\"rc-test:top\":{\"blob\":{}}}", "/rc-test:top"), XmlOptions.COMPACT))
                .isEqualTo("<top xmlns=\"urn:rc-test\"><blob></blob></top>");
        var out = new ByteArrayOutputStream();
        var read = READER.read("<top xmlns='urn:rc-test'><blob/></top>".getBytes(UTF_8), path("/rc-test:top"));
        JsonWriter.write(read, out, JsonOptions.COMPACT);
        assertThat(out.toString(UTF_8)).isEqualTo("{\"rc-test:top\":{\"blob\":{}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "&lt;a/>", "<![CDATA[<a/>]]>", "text<a/>", "<a/>text", "<a/>text<b/>", "<a><b/>text</a>"
            })
    void anydataIsNodesNotText(String content) {
        var message = "<top xmlns='urn:rc-test'><blob>" + content + "</blob></top>";
        assertThatThrownBy(() -> READER.read(message.getBytes(UTF_8), path("/rc-test:top")))
                .isInstanceOf(YangException.class)
                .hasMessageContaining("text stands beside elements, expected elements");
    }

    @Test
    void whatXmlCannotHoldIsReplaced() throws Exception {
        var schema = MODEL.root().child("rc-test", "top").orElseThrow();
        var node = TreeNode.of(schema, List.of(new LeafNode(schema.child("left").orElseThrow(), "a\u0001b")));
        assertThat(written(node, XmlOptions.COMPACT))
                .isEqualTo("<top xmlns=\"urn:rc-test\"><left>a\uFFFDb</left></top>");
    }
}
