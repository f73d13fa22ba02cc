package io.auspex.restconfserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a|b, ^(?:a|b)$",
                "[a-z]+\\.x, ^(?:[a-z]+\\.x)$",
                "a^b$, ^(?:a\\^b\\$)$",
                "[^x\\-y], ^(?:[^x\\-y])$",
                "a\\-b, ^(?:a-b)$",
                "\\p{L}\\d, ^(?:\\p{L}\\d)$",
                "\\_, ^(?:_)$"
            })
    void anExpressionIsAnchoredAndEscapedAsEcmascriptHasIt(String xsd, String ecma) {
        assertThat(EcmaPattern.of(xsd)).contains(ecma);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\i\\c*", "[a-z-[aeiou]]", "\\p{IsBasicLatin}", "\\w+", "[a", "a\\"})
    void whatOnlyXsdHasIsLeftOut(String xsd) {
        assertThat(EcmaPattern.of(xsd)).isEmpty();
    }

    @Test
    void theResultIsWhatYangMeans() {
        var pattern = EcmaPattern.of("[0-9]{1,3}(\\.[0-9]{1,3}){3}").orElseThrow();
        assertThat("192.0.2.1").matches(pattern);
        assertThat("192.0.2.1.5").doesNotMatch(pattern);
    }
}
