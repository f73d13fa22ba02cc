package io.auspex.server;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every configuration key with what it means; the help text and the message for an unknown key are made from these. */
enum ConfigKey {
    DATA_DIR("data-dir", "data", "folder of the datastore, keys and logs; made when it is missing"),
    RESTCONF_LISTEN("restconf.listen", "127.0.0.1:8443", "HTTPS address of RESTCONF and console"),
    RESTCONF_TLS_CERTIFICATE(
            "restconf.tls.certificate", "", "PEM file; made, self-signed, at the first start when empty"),
    RESTCONF_TLS_KEY("restconf.tls.key", "", "PEM file of the private key (PKCS#8)"),
    RESTCONF_TLS_CLIENT_CA(
            "restconf.tls.client-ca",
            "",
            "PEM file of the CAs of clients' certificates; none are asked for when empty"),
    RESTCONF_TLS_CLIENT_CRL(
            "restconf.tls.client-crl",
            "",
            "PEM file of the revocation lists of those CAs; none are looked at when empty"),
    TOKENS_KEYS(
            "restconf.tokens.keys", "", "public keys of bearer tokens, JWK set or PEM; tokens are refused when empty"),
    TOKENS_ISSUER("restconf.tokens.issuer", "", "claim iss of every token"),
    TOKENS_AUDIENCE("restconf.tokens.audience", "", "what has to be in claim aud of every token"),
    TOKENS_ALGORITHMS(
            "restconf.tokens.algorithms", "RS256,PS256,ES256", "signatures taken, by their names of RFC 7518"),
    TOKENS_USER_CLAIM("restconf.tokens.user-claim", "sub", "claim that names the user"),
    TOKENS_GROUPS_CLAIM("restconf.tokens.groups-claim", "groups", "claim that names groups, for access control"),
    RESTCONF_PLAIN("restconf.plain-http-listen", "", "plain HTTP address, loopback only; off when empty"),
    NETCONF_SSH("netconf.ssh-listen", "127.0.0.1:1830", "NETCONF address over SSH by default; off when empty"),
    NETCONF_PROFILE("netconf.ssh-profile", "strict", "algorithms of SSH: strict, or compatible with old clients"),
    NETCONF_TLS(
            "netconf.tls-listen",
            "",
            "NETCONF address over TLS by default, with certificates of clients; off when empty"),
    NETCONF_CALL_SSH("netconf.call-home-ssh", "", "addresses of clients to call over SSH"),
    NETCONF_CALL_TLS("netconf.call-home-tls", "", "addresses of clients to call over TLS"),
    NETCONF_URLS(
            "netconf.url-allow", "", "URLs, each ending with a slash, below which NETCONF may keep configurations"),
    HEALTH_LISTEN("health.listen", "", "plain HTTP address of health and metrics, loopback only; off when empty"),
    YANG_DIRECTORIES("yang.directories", "", "folders of further YANG modules"),
    PACKS_DIRECTORIES("packs.directories", "", "folders that hold subservice packs"),
    HISTORY_JDBC_URL(
            "history.jdbc-url",
            "",
            "database of the history, for example jdbc:postgresql://host/db; SQLite when empty");

    private final String key;
    private final String standard;
    private final String meaning;

    ConfigKey(String key, String standard, String meaning) {
        this.key = key;
        this.standard = standard;
        this.meaning = meaning;
    }

    String key() {
        return key;
    }

    /** The value without configuration. */
    String standard() {
        return standard;
    }

    String meaning() {
        return meaning;
    }

    /** {@code AUSPEX_RESTCONF_LISTEN} for {@code restconf.listen}. */
    String environment() {
        return "AUSPEX_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    static Optional<ConfigKey> of(String key) {
        return Stream.of(values()).filter(k -> k.key.equals(key)).findFirst();
    }

    static Optional<ConfigKey> ofEnvironment(String name) {
        return Stream.of(values()).filter(k -> k.environment().equals(name)).findFirst();
    }

    /** The key that a wrong one most likely meant. */
    static ConfigKey nearest(String wrong) {
        return Stream.of(values())
                .min(java.util.Comparator.comparingInt(k -> distance(k.key, wrong)))
                .orElseThrow();
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
