package io.auspex.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of HTTPS, all PEM.
 *
 * @param certificate of the server; null to make one
 * @param key its private key; null to make one
 * @param clientCa CAs of clients' certificates; null to ask for none
 * @param clientCrl revocation lists of those CAs; null for none
 */
record TlsConfig(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path clientCa,
        @Nullable Path clientCrl) {
    TlsConfig {
        if ((certificate == null) != (key == null)) {
            throw new ConfigException(ConfigKey.RESTCONF_TLS_CERTIFICATE.key() + " and "
                    + ConfigKey.RESTCONF_TLS_KEY.key() + " are given both or not at all");
        }
        if (clientCrl != null && clientCa == null) {
            throw new ConfigException(
                    ConfigKey.RESTCONF_TLS_CLIENT_CRL.key() + " needs " + ConfigKey.RESTCONF_TLS_CLIENT_CA.key());
        }
    }
}
