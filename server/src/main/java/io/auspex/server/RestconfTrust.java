package io.auspex.server;

import io.auspex.access.Audit;
import io.auspex.access.Authenticator;
import io.auspex.access.certificate.CertificateLogins;
import io.auspex.access.certificate.CertificateNames;
import io.auspex.datastore.Datastores;
import io.auspex.restconfserver.login.BearerTokens;
import io.auspex.restconfserver.login.HttpLogins;
import io.auspex.restconfserver.netty.SelfSignedCertificate;
import io.auspex.restconfserver.netty.TlsFiles;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** What clients of RESTCONF trust the server by, and what it trusts them by, as the configuration says. */
final class RestconfTrust {
    private RestconfTrust() {}

    /** The certificates of TLS; the server makes its own where none is configured. */
    static TlsFiles tls(Config config, InstantSource clock) throws IOException {
        var tls = config.tls();
        var files = tls.certificate() != null && tls.key() != null
                ? new TlsFiles(tls.certificate(), tls.key())
                : SelfSignedCertificate.in(
                        config.dataDir().resolve("tls"),
                        List.of(
                                "localhost",
                                "127.0.0.1",
                                "::1",
                                config.restconf().host()),
                        clock.instant());
        return tls.clientCa() == null ? files : files.withClients(tls.clientCa(), tls.clientCrl());
    }

    /** Passwords, and tokens and certificates where they are configured. */
    static HttpLogins logins(
            Config config, Authenticator passwords, Datastores datastores, Audit audit, InstantSource clock)
            throws IOException {
        var tokens = config.tokens();
        var clientCa = config.tls().clientCa();
        return new HttpLogins(
                passwords,
                tokens == null ? null : new BearerTokens(tokens, audit, clock),
                clientCa == null
                        ? null
                        : new CertificateLogins(
                                TlsFiles.anchors(clientCa, config.tls().clientCrl()),
                                new CertificateNames(datastores.model(), datastores::running),
                                audit,
                                clock));
    }
}
