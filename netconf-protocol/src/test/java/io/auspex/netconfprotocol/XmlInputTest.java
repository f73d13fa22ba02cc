package io.auspex.netconfprotocol;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.netconfprotocol.ProtocolException.Reason;
import io.auspex.yang.InputLimits;
import java.io.ByteArrayOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
                "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;'>]><a>&z;</a>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/hostname'>%p;]><a/>",
                "<a>&undefined;</a>",
                "<a>\u0000</a>",
                "<a>\u0001</a>",
                "<a>\uFFFE</a>",
                "<a>&#0;</a>",
                "<a><b></a>",
                "<a>",
                "<a/><b/>",
                "<a/>text",
                "text",
                "",
                "<p:a/>",
                "<a xmlns:xml='urn:x'/>",
                "<a b='1' b='2'/>",
                "<?xml version='1.0' encoding='UTF-16'?><a/>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
                "<?xml version='1.0' encoding='UTF-7'?><a/>",
                "<a>text<b/></a>"
            })
    void whatNetconfForbidsIsMalformed(String document) {
        assertThatThrownBy(() -> XmlElement.parse(document.getBytes(UTF_8), InputLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_XML));
    }

    @ParameterizedTest
    @MethodSource
    void bytesThatAreNotStrictUtf8AreMalformed(int[] inside) {
        // Given
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("<a>".getBytes(UTF_8));
        for (var octet : inside) {
            bytes.write(octet);
        }
        bytes.writeBytes("</a>".getBytes(UTF_8));

        // When
        var parsing = assertThatThrownBy(() -> XmlElement.parse(bytes.toByteArray(), InputLimits.DEFAULT));

        // Then
        parsing.isInstanceOfSatisfying(
                ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_XML));
    }

    static Stream<Arguments> bytesThatAreNotStrictUtf8AreMalformed() {
        return Stream.of(
                Arguments.of(new int[] {0xC0, 0x80}),
                Arguments.of(new int[] {0xC0, 0xBC}),
                Arguments.of(new int[] {0xED, 0xA0, 0x80}),
                Arguments.of(new int[] {0xE2, 0x82}),
                Arguments.of(new int[] {0xF5, 0x80, 0x80, 0x80}),
                Arguments.of(new int[] {0xFF}));
    }

    @Test
    void utf16IsMalformed() {
        assertThatThrownBy(() -> XmlElement.parse("<a/>".getBytes(UTF_16), InputLimits.DEFAULT))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @MethodSource
    void everyDimensionHasALimit(String document) {
        assertThatThrownBy(() -> XmlElement.parse(document.getBytes(UTF_8), InputLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.TOO_BIG));
    }

    static Stream<String> everyDimensionHasALimit() {
        return Stream.of(
                "<a>".repeat(100_000),
                "<a>" + "<b/>".repeat(1_200_000) + "</a>",
                "<a " + numbered(20_000, "x%d='1'") + "/>",
                "<a " + numbered(20_000, "xmlns:x%d='u%d'") + "/>",
                "<a b='" + "x".repeat(5 << 20) + "'/>",
                "<" + "a".repeat(5 << 20) + "/>",
                "<a " + "b".repeat(5 << 20) + "='1'/>",
                "<a>" + "x".repeat(17 << 20) + "</a>");
    }

    @Test
    void lastByteBeforeEachLimitIsTaken() throws Exception {
        // Given
        var limits = InputLimits.DEFAULT;
        var document = "<a " + numbered(64, "x%d='1'") + " " + numbered(128, "xmlns:p%d='u%d'") + ">"
                + "<" + "n".repeat(limits.nameBytes()) + "/>"
                + "<d>".repeat(255) + "</d>".repeat(255) + "</a>";

        // When
        var root = XmlElement.parse(document.getBytes(UTF_8), limits);

        // Then
        assertThat(root.attributes()).hasSize(64);
        assertThat(root.children()).hasSize(2);
    }

    @Test
    void commentsAndCdataInsideALeafAreOneValue() throws Exception {
        // Given
        var document = "<a>on<!-- x -->e<![CDATA[<two>]]><?pi x?>!</a>";

        // When
        var root = XmlElement.parse(document.getBytes(UTF_8), InputLimits.DEFAULT);

        // Then
        assertThat(root.text()).isEqualTo("one<two>!");
    }

    @Test
    void messageTellsLineAndColumn() {
        assertThatThrownBy(() -> XmlElement.parse("<a>\n <b></c></a>".getBytes(UTF_8), InputLimits.DEFAULT))
                .hasMessage("not acceptable XML at line 2, column 7: Unexpected close tag </c>; expected </b>.");
    }

    private static String numbered(int count, String pattern) {
        return IntStream.range(0, count)
                .mapToObj(i -> pattern.replace("%d", "" + i))
                .collect(Collectors.joining(" "));
    }
}
