package io.auspex.restconfserver.netty;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate and private key of this server, from two PEM files that are read again when they change. */
public final class ServerCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final long CHECK_NANOS = 2_000_000_000L;

    private final Path certificate;
    private final Path key;
    private volatile SslContext context;
    private FileTime changed;
    private long checked = System.nanoTime();

    /**
     * A certificate with its key.
     *
     * @throws IOException when a file cannot be read or the two do not go together
     */
    public ServerCertificate(Path certificate, Path key) throws IOException {
        this.certificate = certificate;
        this.key = key;
        changed = newest();
        context = load();
    }

    private FileTime newest() throws IOException {
        var a = Files.getLastModifiedTime(certificate);
        var b = Files.getLastModifiedTime(key);
        return a.compareTo(b) > 0 ? a : b;
    }

    private SslContext load() throws IOException {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException(certificate + " and " + key + " are no certificate with its key", e);
        }
    }

    /** For the next connection; looks every two seconds whether the files have changed, and keeps the old while they are bad. */
    SslContext context() {
        var now = System.nanoTime();
        synchronized (this) {
            if (now - checked < CHECK_NANOS) {
                return context;
            }
            checked = now;
            try {
                var time = newest();
                if (!time.equals(changed)) {
                    changed = time;
                    context = load();
                    LOG.atInfo().addKeyValue("file", certificate).log("certificate reloaded");
                }
            } catch (IOException e) {
                LOG.atWarn().setCause(e).addKeyValue("file", certificate).log("certificate not reloaded");
            }
        }
        return context;
    }
}
