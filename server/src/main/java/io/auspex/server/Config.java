package io.auspex.server;

import io.auspex.restconfserver.login.TokenConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one server process; all else is YANG configuration.
 *
 * @param dataDir datastore, keys, logs
 * @param restconf HTTPS
 * @param tls certificates of HTTPS
 * @param tokens bearer tokens that are believed; null for none
 * @param plainHttp loopback only; null for none
 * @param netconf NETCONF over SSH and TLS
 * @param health loopback only; null for none
 * @param yangDirectories further modules, served generically
 * @param packsDirectories further packs
 * @param historyUrl JDBC URL of the history's database; null for SQLite in the data folder
 */
record Config(
        Path dataDir,
        HostPort restconf,
        TlsConfig tls,
        @Nullable TokenConfig tokens,
        @Nullable HostPort plainHttp,
        NetconfConfig netconf,
        @Nullable HostPort health,
        List<Path> yangDirectories,
        List<Path> packsDirectories,
        @Nullable String historyUrl) {
    Config {
        if (plainHttp != null && !plainHttp.isLoopback()) {
            throw new ConfigException(ConfigKey.RESTCONF_PLAIN.key() + ": " + plainHttp
                    + " is not a loopback address; passwords must not cross a network in the clear");
        }
        if (health != null && !health.isLoopback()) {
            throw new ConfigException(ConfigKey.HEALTH_LISTEN.key() + ": " + health
                    + " is not a loopback address; health and metrics are told to anyone who asks");
        }
        yangDirectories = List.copyOf(yangDirectories);
        packsDirectories = List.copyOf(packsDirectories);
    }

    /** A configuration of values by key; what is missing has its standard value. */
    static Config of(Map<ConfigKey, String> values) {
        return new Config(
                value(values, ConfigKey.DATA_DIR, Path::of),
                value(values, ConfigKey.RESTCONF_LISTEN, HostPort::parse),
                tls(values),
                tokens(values),
                optional(values, ConfigKey.RESTCONF_PLAIN, HostPort::parse).orElse(null),
                netconf(values),
                optional(values, ConfigKey.HEALTH_LISTEN, HostPort::parse).orElse(null),
                value(values, ConfigKey.YANG_DIRECTORIES, Config::paths),
                value(values, ConfigKey.PACKS_DIRECTORIES, Config::paths),
                optional(values, ConfigKey.HISTORY_JDBC_URL, url -> url).orElse(null));
    }

    private static TlsConfig tls(Map<ConfigKey, String> values) {
        return new TlsConfig(
                optional(values, ConfigKey.RESTCONF_TLS_CERTIFICATE, Path::of).orElse(null),
                optional(values, ConfigKey.RESTCONF_TLS_KEY, Path::of).orElse(null),
                optional(values, ConfigKey.RESTCONF_TLS_CLIENT_CA, Path::of).orElse(null),
                optional(values, ConfigKey.RESTCONF_TLS_CLIENT_CRL, Path::of).orElse(null));
    }

    private static NetconfConfig netconf(Map<ConfigKey, String> values) {
        return new NetconfConfig(
                optional(values, ConfigKey.NETCONF_SSH, HostPort::parse).orElse(null),
                value(values, ConfigKey.NETCONF_PROFILE, NetconfConfig::profile),
                optional(values, ConfigKey.NETCONF_TLS, HostPort::parse).orElse(null),
                value(values, ConfigKey.NETCONF_CALL_SSH, Config::hosts),
                value(values, ConfigKey.NETCONF_CALL_TLS, Config::hosts),
                value(values, ConfigKey.NETCONF_URLS, text -> NetconfConfig.urls(words(text))));
    }

    private static @Nullable TokenConfig tokens(Map<ConfigKey, String> values) {
        var keys = optional(values, ConfigKey.TOKENS_KEYS, Path::of).orElse(null);
        if (keys == null) {
            return null;
        }
        try {
            return new TokenConfig(
                    keys,
                    value(values, ConfigKey.TOKENS_ISSUER, Function.identity()),
                    value(values, ConfigKey.TOKENS_AUDIENCE, Function.identity()),
                    Set.copyOf(value(values, ConfigKey.TOKENS_ALGORITHMS, Config::words)),
                    value(values, ConfigKey.TOKENS_USER_CLAIM, Function.identity()),
                    value(values, ConfigKey.TOKENS_GROUPS_CLAIM, Function.identity()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("restconf.tokens: " + e.getMessage());
        }
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
        return words(commaSeparated).stream().map(Path::of).toList();
    }

    private static List<HostPort> hosts(String commaSeparated) {
        return words(commaSeparated).stream().map(HostPort::parse).toList();
    }

    private static List<String> words(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .toList();
    }
}
