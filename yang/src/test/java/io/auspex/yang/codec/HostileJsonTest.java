package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.InputLimits;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows A21 to A31 of the catalogue of hostile input. */
class HostileJsonTest {
    private static final JsonReader READER = new JsonReader(MODEL, InputLimits.DEFAULT);

    private static YangError refused(byte[] message) {
        var thrown = catchThrowableOfType(YangException.class, () -> READER.read(message, path("/rc-test:top")));
        assertThat(thrown).isNotNull();
        return thrown.first();
    }

    private static YangError refused(String message) {
        return refused(message.getBytes(UTF_8));
    }

    @Test
    void a21NestingIsBounded() {
        assertThat(refused("{\"rc-test:top\":{\"blob\":{\"x\":" + "[".repeat(100_000))
                        .failure())
                .isEqualTo(Failure.MALFORMED);
    }

    @Test
    void a22NumbersAreBounded() {
        assertThat(refused("{\"rc-test:top\":{\"mtu\":" + "1".repeat(1_000_000) + "}}")
                        .failure())
                .isEqualTo(Failure.MALFORMED);
    }

    @Test
    void a23AnExponentIsNotExpanded() {
        assertThat(refused("{\"rc-test:top\":{\"mtu\":1e1000000000}}").failure())
                .isEqualTo(Failure.INVALID_VALUE);
    }

    @Test
    void a24AMemberMayNotStandTwice() {
        assertThat(refused("{\"rc-test:top\":{\"mtu\":1400,\"mtu\":1401}}").failure())
                .isEqualTo(Failure.BAD_ELEMENT);
        assertThat(refused("{\"rc-test:top\":{},\"rc-test:top\":{}}").failure()).isEqualTo(Failure.MALFORMED);
    }

    @Test
    void a25NamesAndStringsAreBounded() {
        assertThat(refused("{\"" + "n".repeat(60_000) + "\":1}").failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused("{\"rc-test:top\":{\"left\":\"" + "s".repeat(17 << 20) + "\"}}")
                        .failure())
                .isEqualTo(Failure.MESSAGE_TOO_BIG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"rc-test:top\"",
                "{\"rc-test:top\":{\"mtu\":NaN}}",
                "{\"rc-test:top\":{\"mtu\":+1}}",
                "{\"rc-test:top\":{\"mtu\":01400}}",
                "{\"rc-test:top\":{\"mtu\":Infinity}}",
                "{/**/\"rc-test:top\":{}}",
                "{\"rc-test:top\":{},}",
                "{'rc-test:top':{}}",
                "{rc-test:top:{}}",
                "{\"rc-test:top\":{}} {}",
                "{\"rc-test:top\":{}} trailing",
                "{\"rc-test:top\":{}}]",
                "{\"rc-test:top\":{\"left\":\"a\nb\"}}",
                "{\"rc-test:top\":{\"left\":\"\\x\"}}"
            })
    void a26a27WhatIsNoJsonIsMalformed(String message) {
        var error = refused(message);
        assertThat(error.failure()).isIn(Failure.MALFORMED, Failure.INVALID_VALUE);
        assertThat(error.message()).doesNotContain("jackson").doesNotContain("java.");
    }

    @Test
    void a27TrailingTokensAreMalformed() {
        assertThat(refused("{\"rc-test:top\":{}}\n {}").message())
                .isEqualTo("line 2, column 2: something follows the message");
    }

    @Test
    void a28HalfASurrogatePairIsRefused() {
        assertThat(refused("{\"rc-test:top\":{\"left\":\"\\ud800\"}}").failure())
                .isEqualTo(Failure.INVALID_VALUE);
        assertThat(refused("{\"rc-test:top\":{\"blob\":{\"\\udc00\":1}}}").failure())
                .isEqualTo(Failure.MALFORMED);
    }

    private static byte[] with(int... hex) {
        var message = new ByteArrayOutputStream();
        message.writeBytes("{\"rc-test:top\":{\"left\":\"".getBytes(UTF_8));
        for (var b : hex) {
            message.write(b);
        }
        message.writeBytes("\"}}".getBytes(UTF_8));
        return message.toByteArray();
    }

    @Test
    void a13WhatIsNoUtf8IsMalformed() {
        assertThat(refused(with(0xC0, 0x80)).message()).isEqualTo("no UTF-8: byte 0xc0");
        assertThat(refused(with(0xE0, 0x80, 0x80)).failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused(with(0xED, 0xA0, 0x80)).failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused(with(0xF4, 0x90, 0x80, 0x80)).failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused(with(0xE2, 0x82)).failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused(with(0xEF, 0xBF, 0xBE)).failure()).isEqualTo(Failure.MALFORMED);
        assertThat(refused(with(0xFF)).failure()).isEqualTo(Failure.MALFORMED);
    }

    @Test
    void a31OtherEncodingsAreMalformedAndAByteOrderMarkIsSkipped() throws YangException {
        var message = "{\"rc-test:top\":{\"left\":\"aé€😀\"}}";
        for (var charset : new Charset[] {UTF_16, UTF_16LE, Charset.forName("UTF-32BE")}) {
            assertThat(refused(message.getBytes(charset)).failure()).isEqualTo(Failure.MALFORMED);
        }
        assertThat(refused("{\"rc-test:top\":{\"left\":\"12345678\u000012345678\"}}")
                        .message())
                .contains("NUL");
        assertThat(READER.read(("\uFEFF" + message).getBytes(UTF_8), path("/rc-test:top")))
                .isEqualTo(READER.read(message.getBytes(UTF_8), path("/rc-test:top")));
    }

    @Test
    void theNumberOfMembersIsBounded() {
        var limits = new InputLimits(1 << 20, 256, 64, 128, 1024, 65536, 1 << 20, 64, 100);
        var reader = new JsonReader(MODEL, limits);
        var message = "{\"rc-test:top\":{\"tag\":[" + "\"a\",".repeat(200) + "\"a\"]}}";
        var thrown = catchThrowableOfType(
                YangException.class, () -> reader.read(message.getBytes(UTF_8), path("/rc-test:top")));
        assertThat(thrown.first().failure()).isEqualTo(Failure.MESSAGE_TOO_BIG);
    }
}
