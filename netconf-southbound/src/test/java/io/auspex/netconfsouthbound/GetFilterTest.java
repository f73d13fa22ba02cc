package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GetFilterTest {
    private static final Map<String, String> PREFIXES = Map.of("if", "urn:if", "ip", "urn:ip", "s", "urn:sys");
    private static final String START = "<filter xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" type=\"subtree\">";

    @Test
    void pathsShareTheirCommonBeginning() {
        // Given
        var paths = paths(
                "/if:interfaces/if:interface[if:name='a']/if:oper-status",
                "/if:interfaces/if:interface[if:name='a']/ip:ipv4/ip:mtu",
                "/if:interfaces/if:interface[if:name='b']/if:oper-status",
                "/s:system/s:uptime");

        // When
        var filter = GetFilter.of(paths, Capabilities.of(Capability.XPATH));

        // Then
        assertThat(filter.toString())
                .isEqualTo(START + "<interfaces xmlns=\"urn:if\">"
                        + "<interface><name>a</name><oper-status/><ipv4 xmlns=\"urn:ip\"><mtu/></ipv4></interface>"
                        + "<interface><name>b</name><oper-status/></interface></interfaces>"
                        + "<system xmlns=\"urn:sys\"><uptime/></system></filter>");
    }

    @Test
    void manyEntriesOfOneListAreAskedForAsAWhole() {
        // Given
        var paths = IntStream.rangeClosed(0, GetFilter.MAX_ENTRIES_BY_KEY)
                .mapToObj(i -> path("/if:interfaces/if:interface[if:name='e" + i + "']/if:"
                        + (i % 2 == 0 ? "oper-status" : "admin-status")))
                .toList();

        // When
        var filter = GetFilter.of(paths, Capabilities.of());

        // Then
        assertThat(filter.toString())
                .isEqualTo(START + "<interfaces xmlns=\"urn:if\">"
                        + "<interface><name/><oper-status/><admin-status/></interface></interfaces></filter>");
    }

    @Test
    void keyThatASubtreeFilterCannotSayIsSaidInXPathWhereTheDeviceKnowsIt() {
        // Given
        var paths = paths("/if:interfaces/if:interface[if:name=' a ']/ip:mtu", "/if:interfaces/if:number");

        // When
        var withXPath = GetFilter.of(paths, Capabilities.of(Capability.XPATH));
        var without = GetFilter.of(paths, Capabilities.of(Capability.BASE_1_1));

        // Then
        assertThat(withXPath.toString())
                .isEqualTo("<filter xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" xmlns:p0=\"urn:if\""
                        + " xmlns:p1=\"urn:ip\" type=\"xpath\""
                        + " select=\"/p0:interfaces/p0:interface[p0:name=' a ']/p1:mtu | /p0:interfaces/p0:number\"/>");
        assertThat(without.toString())
                .isEqualTo(START + "<interfaces xmlns=\"urn:if\"><interface><name/><mtu xmlns=\"urn:ip\"/></interface>"
                        + "<number/></interfaces></filter>");
    }

    private static List<MetricPath> paths(String... texts) {
        return List.of(texts).stream().map(GetFilterTest::path).toList();
    }

    private static MetricPath path(String text) {
        return MetricPath.parse(text, PREFIXES);
    }
}
