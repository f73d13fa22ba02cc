package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.InputLimits;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows A01 to A19 of the catalogue of hostile input. */
class HostileXmlTest {
    private static final XmlReader READER = new XmlReader(MODEL, InputLimits.DEFAULT);

    private static YangError refused(byte[] message) {
        var thrown = catchThrowableOfType(YangException.class, () -> READER.read(message, path("/rc-test:top")));
        assertThat(thrown).isNotNull();
        return thrown.first();
    }

    private static YangError refused(String message) {
        return refused(message.getBytes(UTF_8));
    }

    private static String top(String content) {
        return "<top xmlns='urn:rc-test'>" + content + "</top>";
    }

    private static String times(int count, java.util.function.IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE top [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><top xmlns='urn:rc-test'><left>&x;</left></top>",
                "<!DOCTYPE top SYSTEM 'http://127.0.0.1:1/x.dtd'><top xmlns='urn:rc-test'/>",
                "<!DOCTYPE top [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><top xmlns='urn:rc-test'><left>&b;</left></top>",
                "<!DOCTYPE top [<!ENTITY % p 'x'> %p;]><top xmlns='urn:rc-test'/>"
            })
    void a01ToA05DocumentTypesAreRefused(String message) {
        var error = refused(message);
        assertThat(error.failure()).isEqualTo(Failure.MALFORMED);
        assertThat(error.message()).doesNotContain("root:").doesNotContain("com.ctc");
    }

    @Test
    void a06ToA11SizeIsBoundedInEveryDimension() {
        for (var row : Map.of(
                        "a06", "<top xmlns='urn:rc-test'><blob>" + "<a>".repeat(100_000),
                        "a07", "<top xmlns='urn:rc-test' " + times(20_000, i -> "a" + i + "='' ") + "/>",
                        "a08", "<top xmlns='urn:rc-test' " + times(20_000, i -> "xmlns:a" + i + "='u' ") + "/>",
                        "a09 value", "<top xmlns='urn:rc-test' a='" + "x".repeat(5 << 20) + "'/>",
                        "a09 name", "<" + "x".repeat(5 << 20) + "/>",
                        "a10", top("<left>" + "x".repeat(17 << 20) + "</left>"),
                        "a11", top("<blob>" + "<a/>".repeat(1_100_000) + "</blob>"))
                .entrySet()) {
            assertThat(refused(row.getValue()).failure())
                    .as(row.getKey())
                    .isIn(Failure.MESSAGE_TOO_BIG, Failure.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0001", "\uFFFE", "&#0;", "&#1;", "&#xFFFE;", "&#xD800;"})
    void a12CharactersOutsideOfXmlAreRefused(String character) {
        assertThat(refused(top("<left>a" + character + "b</left>")).failure())
                .isIn(Failure.MALFORMED, Failure.INVALID_VALUE);
    }

    @Test
    void a13a14OnlyUtf8IsTaken() {
        assertThat(refused(top("<left>x</left>").getBytes(UTF_16)).failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused("<?xml version='1.0' encoding='UTF-7'?>" + top("")).message())
                .contains("only UTF-8");
        assertThat(refused("<?xml version='1.1'?>" + top("")).message()).contains("only 1.0");
        var overlong = top("<left>??</left>").getBytes(UTF_8);
        for (var i = 0; i < overlong.length; i++) {
            if (overlong[i] == '?') {
                overlong[i] = (byte) (overlong[i + 1] == '?' ? 0xC0 : 0x80);
            }
        }
        assertThat(refused(overlong).message()).contains("no UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<top xmlns='urn:rc-test'>",
                "<top xmlns='urn:rc-test'></tip>",
                "<top xmlns='urn:rc-test'/><top xmlns='urn:rc-test'/>",
                "<top xmlns='urn:rc-test'/>text",
                "<p:top/>",
                "<top xmlns:xml='urn:x'/>",
                "<top xmlns='urn:rc-test' xmlns='urn:rc-test'/>",
                "<top xmlns='urn:rc-test'>&nbsp;</top>"
            })
    void a15a16WhatIsNotWellFormedIsMalformed(String message) {
        assertThat(refused(message).failure()).isEqualTo(Failure.MALFORMED);
    }

    @Test
    void a19CommentsCostNoMoreThanTheirBytes() throws YangException {
        var node = READER.read(
                top("<left>" + "<!--x-->".repeat(1_000_000) + "v</left>").getBytes(UTF_8), path("/rc-test:top"));
        assertThat(node).isEqualTo(READER.read(top("<left>v</left>").getBytes(UTF_8), path("/rc-test:top")));
    }
}
