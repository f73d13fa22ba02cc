package io.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {
    @TempDir
    private Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("auspex.yaml"), yaml);
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        // Given
        var file = file("""
            data-dir: from-file
            restconf:
              listen: 127.0.0.1:1
            netconf.ssh-listen: 127.0.0.1:2
            yang:
              directories: [a, b]
            """);
        // When
        var config = ConfigSources.read(
                file,
                Map.of("AUSPEX_RESTCONF_LISTEN", "127.0.0.1:3", "AUSPEX_NETCONF_SSH_LISTEN", "127.0.0.1:4"),
                Map.of(ConfigKey.NETCONF_SSH, "[::1]:5"));
        // Then
        assertThat(config.dataDir()).isEqualTo(Path.of("from-file"));
        assertThat(config.restconf()).hasToString("127.0.0.1:3");
        assertThat(config.netconf().ssh()).hasToString("[::1]:5");
        assertThat(config.yangDirectories()).containsExactly(Path.of("a"), Path.of("b"));
    }

    @Test
    void anUnknownKeyNamesTheNearestKnownOne() throws IOException {
        var file = file("restconf:\n  lisen: 127.0.0.1:1\n");
        assertThatThrownBy(() -> ConfigSources.read(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": unknown key 'restconf.lisen'; did you mean 'restconf.listen'?");
    }

    @Test
    void anUnknownVariableNamesTheNearestKnownOne() {
        assertThatThrownBy(() -> ConfigSources.read(null, Map.of("AUSPEX_DATADIR", "x"), Map.of()))
                .hasMessage("environment: unknown key 'AUSPEX_DATADIR'; did you mean 'AUSPEX_DATA_DIR'?");
    }

    @Test
    void brokenYamlIsNamedWithItsPlace() throws IOException {
        var file = file("restconf:\n  listen: [\n");
        assertThatThrownBy(() -> ConfigSources.read(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void plainHttpIsRefusedOutsideOfLoopback() {
        assertThatThrownBy(() -> ConfigSources.read(null, Map.of(), Map.of(ConfigKey.RESTCONF_PLAIN, "0.0.0.0:8080")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("restconf.plain-http-listen: 0.0.0.0:8080 is not a loopback address");
    }

    @Test
    void anAddressWithoutPortIsRefusedWithAnExample() {
        assertThatThrownBy(() -> ConfigSources.read(null, Map.of(), Map.of(ConfigKey.RESTCONF_LISTEN, "localhost")))
                .hasMessage("restconf.listen: 'localhost' is not HOST:PORT, for example 127.0.0.1:8443");
    }
}
