package io.auspex.restconfserver.netty;

import io.auspex.access.WatchedFiles;
import io.auspex.access.certificate.TrustAnchors;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files that TLS is made of; those that change count for the next connection.
 *
 * @param certificate PEM of the server's certificate, those of CAs between it and a root behind it
 * @param key PEM of its private key
 * @param clientAnchors PEM of the CAs of clients' certificates; null to ask clients for none
 * @param clientRevocations PEM of the CRLs of those CAs; null for none
 */
public record TlsFiles(
        Path certificate,
        Path key,
        @Nullable Path clientAnchors,
        @Nullable Path clientRevocations) {
    /** TLS without client certificates. */
    public TlsFiles(Path certificate, Path key) {
        this(certificate, key, null, null);
    }

    /** The same, with clients asked for certificates. */
    public TlsFiles withClients(Path anchors, @Nullable Path revocations) {
        return new TlsFiles(certificate, key, anchors, revocations);
    }

    /** The trust anchors of clients' certificates, to be asked for anew by each login. */
    public static WatchedFiles<TrustAnchors> anchors(Path clientAnchors, @Nullable Path clientRevocations)
            throws IOException {
        return new WatchedFiles<>(
                present(clientAnchors, clientRevocations), () -> TrustAnchors.read(clientAnchors, clientRevocations));
    }

    private static List<Path> present(@Nullable Path... files) {
        return Stream.of(files).filter(Objects::nonNull).map(Path.class::cast).toList();
    }

    /** What connections are made with, to be asked for anew by each. */
    WatchedFiles<SslContext> watch() throws IOException {
        return new WatchedFiles<>(present(certificate, key, clientAnchors, clientRevocations), this::context);
    }

    private SslContext context() throws IOException {
        try {
            var builder = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1));
            if (clientAnchors != null) {
                var trust = TrustManagerFactory.getInstance("PKIX");
                trust.init(new CertPathTrustManagerParameters(
                        TrustAnchors.read(clientAnchors, clientRevocations).parameters(List.of())));
                builder.clientAuth(ClientAuth.OPTIONAL).trustManager(trust);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(certificate + " and " + key + " are no certificate with its key", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(clientAnchors + " cannot be used: " + e.getMessage(), e);
        }
    }
}
