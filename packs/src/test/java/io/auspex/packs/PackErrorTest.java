package io.auspex.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackErrorTest {
    private static final String GOOD = """
            pack: optics
            namespaces:
              hw: urn:ietf:params:xml:ns:yang:ietf-hardware
            subservices:
              - type: acme-optics:optics-type
                label: "optics {port} of {device}"
                parameters: [device, port]
                device: device
                metrics:
                  rx-power:
                    type: num
                    unit: dBm
                    period: 30s
                    implementations:
                      - module: ietf-hardware
                        revision: "2018-03-13"
                        path: /hw:hardware/hw:component[hw:name='{port}']/hw:sensor-data/hw:value
                        scale: 0.001
                symptoms:
                  low-light:
                    when: rx-power < -20
                    weight: 30
                    description: "{port} of {device} receives {rx-power} dBm"
            """;

    @Test
    void aGoodPackIsRead() throws PackException {
        // When
        Pack pack = PackReader.read(new PackFile("pack.yaml", GOOD));

        // Then
        assertThat(pack.name()).isEqualTo("optics");
        assertThat(pack.types()).singleElement().satisfies(type -> {
            assertThat(type.identity()).isEqualTo("acme-optics:optics-type");
            assertThat(type.metrics())
                    .singleElement()
                    .satisfies(m -> assertThat(m.period()).hasSeconds(30));
            assertThat(type.rules())
                    .singleElement()
                    .satisfies(r -> assertThat(r.when().source()).isEqualTo("rx-power < -20"));
        });
    }

    @ParameterizedTest
    @MethodSource
    void anErrorShowsFileLineColumnAndACaret(String good, String bad, String message) {
        // Given
        assertThat(GOOD).contains(good);

        // When
        PackException fault = faultOf(GOOD.replace(good, bad));

        // Then
        assertThat(fault).hasMessage(message);
    }

    static List<Arguments> anErrorShowsFileLineColumnAndACaret() {
        return List.of(
                Arguments.of("when: rx-power < -20", "when: rx-pwer < -20", """
                        pack.yaml:21:15: unknown metric 'rx-pwer': did you mean 'rx-power'?
                                when: rx-pwer < -20
                                      ^"""),
                Arguments.of("when: rx-power < -20", "when: rx-power < age(rx-power)", """
                        pack.yaml:21:26: expected a number in dBm after '<', as before it, got one in s
                                when: rx-power < age(rx-power)
                                                 ^"""),
                Arguments.of("        revision:", "        for: {modell: x}\n            revision:", """
                        pack.yaml:16:19: unknown key 'modell': did you mean 'model'?
                                    for: {modell: x}
                                          ^"""),
                Arguments.of("weight: 30", "wieght: 30", """
                        pack.yaml:22:9: unknown key 'wieght': did you mean 'weight'?
                                wieght: 30
                                ^"""),
                Arguments.of("weight: 30", "weight: 130", """
                        pack.yaml:22:17: expected a weight from 0 to 100, got 130
                                weight: 130
                                        ^"""),
                Arguments.of("type: num", "type: nun", """
                        pack.yaml:11:15: unknown type 'nun': did you mean 'num'?
                                type: nun
                                      ^"""),
                Arguments.of("{port}']", "{prot}']", """
                        pack.yaml:17:19: unknown parameter 'prot' in the path: did you mean 'port'?
                                    path: /hw:hardware/hw:component[hw:name='{prot}']/hw:sensor-data/hw:value
                                          ^"""),
                Arguments.of("/hw:sensor-data", "/sensor-data", """
                        pack.yaml:17:62: expected '/prefix:name' or '[prefix:key='value']'
                                    path: /hw:hardware/hw:component[hw:name='{port}']/sensor-data/hw:value
                                                                                     ^"""),
                Arguments.of("  hw: urn", "  wh: urn", """
                        pack.yaml:17:19: the path's prefix 'hw' has no namespace
                                    path: /hw:hardware/hw:component[hw:name='{port}']/hw:sensor-data/hw:value
                                          ^"""),
                Arguments.of("    device: device", "    device: node", """
                        pack.yaml:5:5: acme-optics:optics-type: the device parameter 'node' is not one of its parameters [device, port]
                          - type: acme-optics:optics-type
                            ^"""),
                Arguments.of("        unit: dBm", "        type: num", """
                        pack.yaml:12:9: the key 'type' stands here twice
                                type: num
                                ^"""));
    }

    @ParameterizedTest
    @MethodSource
    @Timeout(10)
    void aPackFromAStrangerIsBounded(String text, String problem) {
        // When
        PackException fault = faultOf(text);

        // Then
        assertThat(fault.getMessage()).contains(problem).hasSizeLessThan(1_000);
    }

    static List<Arguments> aPackFromAStrangerIsBounded() {
        String laughs = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n";
        return List.of(
                Arguments.of("x".repeat(300_000), "expected at most 262144 characters, got 300000"),
                Arguments.of("[".repeat(5_000), "16 levels"),
                Arguments.of("a: [" + "1,".repeat(30_000) + "1]", "20000 values"),
                Arguments.of(laughs, "aliases are not allowed"),
                Arguments.of("", "the file is empty"),
                Arguments.of("just text", "expected a mapping, got 'just text'"),
                Arguments.of("pack: a\n---\npack: b\n", "expected one document, got a second"),
                Arguments.of("pack: [a\nb: c", "not YAML"));
    }

    private static PackException faultOf(String text) {
        return catchThrowableOfType(PackException.class, () -> PackReader.read(new PackFile("pack.yaml", text)));
    }
}
