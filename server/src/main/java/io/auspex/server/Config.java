package io.auspex.server;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one server process; all else is YANG configuration.
 *
 * @param dataDir datastore, keys, logs
 * @param restconf HTTPS
 * @param certificate PEM of the server; null to make one
 * @param certificateKey its private key; null to make one
 * @param plainHttp loopback only; null for none
 * @param netconfSsh NETCONF over SSH
 * @param yangDirectories further modules, served generically
 * @param packsDirectories further packs
 */
record Config(
        Path dataDir,
        HostPort restconf,
        @Nullable Path certificate,
        @Nullable Path certificateKey,
        @Nullable HostPort plainHttp,
        HostPort netconfSsh,
        List<Path> yangDirectories,
        List<Path> packsDirectories) {
    Config {
        if (plainHttp != null && !plainHttp.isLoopback()) {
            throw new ConfigException(ConfigKey.RESTCONF_PLAIN.key() + ": " + plainHttp
                    + " is not a loopback address; passwords must not cross a network in the clear");
        }
        if ((certificate == null) != (certificateKey == null)) {
            throw new ConfigException(ConfigKey.RESTCONF_TLS_CERTIFICATE.key() + " and "
                    + ConfigKey.RESTCONF_TLS_KEY.key() + " are given both or not at all");
        }
        yangDirectories = List.copyOf(yangDirectories);
        packsDirectories = List.copyOf(packsDirectories);
    }

    /** A configuration of values by key; what is missing has its standard value. */
    static Config of(Map<ConfigKey, String> values) {
        return new Config(
                value(values, ConfigKey.DATA_DIR, Path::of),
                value(values, ConfigKey.RESTCONF_LISTEN, HostPort::parse),
                optional(values, ConfigKey.RESTCONF_TLS_CERTIFICATE, Path::of).orElse(null),
                optional(values, ConfigKey.RESTCONF_TLS_KEY, Path::of).orElse(null),
                optional(values, ConfigKey.RESTCONF_PLAIN, HostPort::parse).orElse(null),
                value(values, ConfigKey.NETCONF_SSH, HostPort::parse),
                value(values, ConfigKey.YANG_DIRECTORIES, Config::paths),
                value(values, ConfigKey.PACKS_DIRECTORIES, Config::paths));
    }

    private static <T> T value(Map<ConfigKey, String> values, ConfigKey key, Function<String, T> parse) {
        var text = values.getOrDefault(key, key.standard());
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key.key() + ": " + e.getMessage());
        }
    }

    private static <T> Optional<T> optional(Map<ConfigKey, String> values, ConfigKey key, Function<String, T> parse) {
        return values.getOrDefault(key, key.standard()).isEmpty()
                ? Optional.empty()
                : Optional.of(value(values, key, parse));
    }

    private static List<Path> paths(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .map(Path::of)
                .toList();
    }
}
