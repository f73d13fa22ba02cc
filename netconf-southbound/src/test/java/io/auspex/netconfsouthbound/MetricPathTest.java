package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricPathTest {
    private static final Map<String, String> PREFIXES = Map.of("if", "urn:if", "ip", "urn:ip");

    @Test
    void everyPartOfAPathIsRead() {
        // Given
        var text = "/if:interfaces/if:interface[if:name='et/0[1]'][ ip:zone = \"it's\" ]/ip:ipv4/ip:mtu";

        // When
        var path = MetricPath.parse(text, PREFIXES);

        // Then
        assertThat(path.steps())
                .containsExactly(
                        new MetricPath.Step("urn:if", "interfaces", List.of()),
                        new MetricPath.Step(
                                "urn:if",
                                "interface",
                                List.of(
                                        new MetricPath.Key("urn:if", "name", "et/0[1]"),
                                        new MetricPath.Key("urn:ip", "zone", "it's"))),
                        new MetricPath.Step("urn:ip", "ipv4", List.of()),
                        new MetricPath.Step("urn:ip", "mtu", List.of()));
        assertThat(path).hasToString(text);
    }

    @Test
    void pathsToTheSameLeafAreEqualWhateverTheirPrefixes() {
        // Given
        var one = MetricPath.parse("/if:a[if:k='1']/if:b", PREFIXES);

        // When
        var other = MetricPath.parse("/x:a[x:k=\"1\"]/x:b", Map.of("x", "urn:if"));

        // Then
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(MetricPath.parse("/if:a[if:k='2']/if:b", PREFIXES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~                      | path '', character 1: expected '/', got the end",
                "if:a                    | path 'if:a', character 1: expected '/', got 'i'",
                "/                       | path '/', character 2: expected a name, got the end",
                "/a                      | path '/a', character 3: expected ':', got the end",
                "/no:a                   | path '/no:a', character 6: prefix 'no' is not declared, got the end",
                "/if:a/                  | path '/if:a/', character 7: expected a name, got the end",
                "/if:a//if:b             | path '/if:a//if:b', character 7: expected a name, got '/'",
                "/if:a[if:k=1]/if:b      | path '/if:a[if:k=1]/if:b', character 12: expected a literal in quotes, got '1'",
                "/if:a[if:k='1/if:b      | path '/if:a[if:k='1/if:b', character 12: the literal has no end, got '''",
                "/if:a[if:k='1'          | path '/if:a[if:k='1'', character 15: expected ']', got the end",
                "/if:a[if:k='1']         | path '/if:a[if:k='1']', character 16: the last level is a leaf and has no key, got the end",
                "/if:a[if:k='1' or 1=1]/if:b | path '/if:a[if:k='1' or 1=1]/if:b', character 16: expected ']', got 'o'",
                "/if:a[if:k='1'][if:k='2']/if:b | path '/if:a[if:k='1'][if:k='2']/if:b', character 21: key 'k' appears twice, got '='",
                "/if:*                   | path '/if:*', character 5: expected a name, got '*'",
                "/if:1a                  | path '/if:1a', character 5: expected a name, got '1'"
            })
    void messageTellsWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> MetricPath.parse(text, PREFIXES)).hasMessage(message);
    }

    @Test
    void sizeIsBounded() {
        assertThatThrownBy(() -> MetricPath.parse("/if:" + "a".repeat(5000), PREFIXES))
                .hasMessage("path longer than 4096 characters");
        assertThatThrownBy(() -> MetricPath.parse("/if:a".repeat(33), PREFIXES))
                .hasMessageContaining("more than 32 levels");
    }
}
