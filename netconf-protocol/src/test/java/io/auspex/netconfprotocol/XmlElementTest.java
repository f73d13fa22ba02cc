package io.auspex.netconfprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.InputLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlElementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a xmlns=\"urn:a\"><b>1</b><c xmlns=\"urn:c\"/><d/></a>",
                "<a xmlns=\"urn:a\" xmlns:i=\"urn:i\"><type>i:eth</type></a>",
                "<p:a xmlns:p=\"urn:a\"><p:b p:x=\"1\" y=\"2\"/></p:a>",
                "<a xmlns=\"urn:a\"><b xmlns=\"\"/></a>",
                "<p:a xmlns=\"urn:other\" xmlns:p=\"urn:a\"><p:type>unprefixed</p:type></p:a>",
                "<a>&lt;&amp;&gt;\"'&#13;\t\n</a>",
                "<a b=\"&lt;&quot;'&#9;&#10;\"/>",
                "<a>\uD83D\uDE00é</a>"
            })
    void parsedElementPrintsAsItCame(String document) throws Exception {
        assertThat(parse(document).toString()).isEqualTo(document);
    }

    @Test
    void delimiterInAValueIsEscaped() throws Exception {
        // Given
        var element = XmlElement.leaf("", "a", "]]>]]>").with(new XmlAttribute("", "b", "]]>]]>"));

        // When
        var text = element.toString();

        // Then
        assertThat(text).doesNotContain("]]>");
        assertThat(parse(text)).isEqualTo(element);
    }

    @Test
    void charactersThatXmlCannotHoldAreReplaced() throws Exception {
        assertThat(parse(XmlElement.leaf("", "a", "x\u0000\u001b\uD800y").toString())
                        .text())
                .isEqualTo("x\uFFFD\uFFFD\uFFFDy");
    }

    @Test
    void builtElementDeclaresEachNamespaceWhereItChanges() {
        // Given
        var element = XmlElement.of("urn:a", "a", XmlElement.leaf("urn:b", "b", "1"), XmlElement.of("urn:a", "c"))
                .with(new XmlAttribute("urn:x", "op", "delete"))
                .withPrefix("q", "urn:q");

        // When
        var text = element.toString();

        // Then
        assertThat(text)
                .isEqualTo("<a xmlns=\"urn:a\" xmlns:ns0=\"urn:x\" xmlns:q=\"urn:q\" ns0:op=\"delete\">"
                        + "<b xmlns=\"urn:b\">1</b><c/></a>");
    }

    @Test
    void childrenAreFoundByNamespaceAndName() throws Exception {
        // Given
        var root = parse("<a xmlns='urn:a'><b>1</b><b xmlns='urn:b'>2</b><b> 3 </b></a>");

        // When
        var texts = root.children("urn:a", "b").stream().map(XmlElement::text).toList();

        // Then
        assertThat(texts).isEqualTo(List.of("1", " 3 "));
        assertThat(root.childText("urn:b", "b")).contains("2");
        assertThat(root.child("urn:c", "b")).isEmpty();
    }

    private static XmlElement parse(String document) throws ProtocolException {
        return XmlElement.parse(document.getBytes(UTF_8), InputLimits.DEFAULT);
    }
}
