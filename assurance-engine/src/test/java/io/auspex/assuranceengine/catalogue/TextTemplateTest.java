package io.auspex.assuranceengine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {
    private static final Map<String, String> VALUES = Map.of("device", "r1", "interface", "ge-0/{device}", "empty", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no name                | no name
                    {device}               | r1
                    {device} {interface}   | r1 ge-0/{device}
                    {device}{device}       | r1r1
                    [{empty}]              | []
                    {unknown} of {device}  | {unknown} of r1
                    {{device}}             | {r1}
                    {device                | {device
                    device} {              | device} {
                    {} {device}            | {} r1
                    {a {device} b}         | {a r1 b}
                    """)
    void knownNamesInBracesAreReplacedByTheirValuesAndAllElseStays(String template, String filled) {
        assertThat(TextTemplate.of(template).fill(VALUES::get)).isEqualTo(filled);
    }
}
