package io.auspex.yang.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.xml.stream.XMLInputFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8XmlTest {
    /** Something to write. */
    private interface Content {
        void to(Utf8Xml xml) throws IOException;
    }

    private static String written(Content content) throws IOException {
        var out = new ByteArrayOutputStream();
        var xml = new Utf8Xml(out);
        content.to(xml);
        xml.flush();
        return out.toString(UTF_8);
    }

    @Test
    void elementsWithoutContentAreShort() throws IOException {
        assertThat(written(xml -> {
                    xml.start("a");
                    xml.namespace("", "urn:a");
                    xml.start("b");
                    xml.namespace("p", "urn:p&q");
                    xml.attribute("p:c", "x");
                    xml.end("b");
                    xml.end("a");
                }))
                .isEqualTo("<a xmlns=\"urn:a\"><b xmlns:p=\"urn:p&amp;q\" p:c=\"x\"/></a>");
    }

    @Test
    void aNamespaceMayHaveAnotherPrefixThanBefore() throws IOException {
        assertThat(written(xml -> {
                    xml.start("a");
                    xml.namespace("one", "urn:shared");
                    xml.namespace("two", "urn:shared");
                    xml.namespace("", "urn:shared");
                    xml.end("a");
                }))
                .isEqualTo("<a xmlns:one=\"urn:shared\" xmlns:two=\"urn:shared\" xmlns=\"urn:shared\"/>");
    }

    @Test
    void textIsEscapedAsItsPlaceDemands() throws IOException {
        assertThat(written(xml -> {
                    xml.start("a");
                    xml.attribute("b", "<&>\"\t\n\r");
                    xml.text("<&>\"\t\n\r]]>");
                    xml.end("a");
                }))
                .isEqualTo("<a b=\"&lt;&amp;>&quot;&#x9;&#xa;&#xd;\">&lt;&amp;>\"\t\n&#xd;]]&gt;</a>");
    }

    @Test
    void whatNoXmlCanHoldIsReplaced() throws IOException {
        assertThat(written(xml -> {
                    xml.start("a");
                    xml.text("\u0000\u0001\uFFFE\uFFFF\uD800x\uDC00");
                    xml.end("a");
                }))
                .isEqualTo("<a>\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDx\uFFFD</a>");
    }

    @Test
    void halfASurrogatePairIsReplacedAmongAsciiToo() throws IOException {
        assertThat(written(xml -> {
                    xml.start("a");
                    xml.text("why?\uD800");
                    xml.end("a");
                }))
                .isEqualTo("<a>why?\uFFFD</a>");
    }

    @Property(tries = 200)
    void textOfAnyLengthIsReadAsItWasWritten(@ForAll String text) throws Exception {
        var possible = text.codePoints()
                .filter(c -> c >= ' ' && !(c >= 0xD800 && c < 0xE000) && c != 0xFFFE && c != 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .repeat(40);
        var xml = written(out -> {
            out.start("a");
            out.text(possible);
            out.end("a");
        });
        var in = XMLInputFactory.newFactory().createXMLStreamReader(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        in.next();
        assertThat(in.getElementText()).isEqualTo(possible);
    }

    @Test
    void whatIsLongerThanTheBufferKeepsItsOrder() throws IOException {
        var longText = "é€𝄞<".repeat(5_000);
        var raw = "<r>" + "x".repeat(9_000) + "</r>";
        assertThat(written(xml -> {
                    xml.start("a");
                    xml.text(longText);
                    xml.raw(raw);
                    xml.end("a");
                }))
                .isEqualTo("<a>" + longText.replace("<", "&lt;") + raw + "</a>");
    }
}
