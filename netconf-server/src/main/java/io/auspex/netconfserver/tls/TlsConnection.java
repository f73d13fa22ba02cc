package io.auspex.netconfserver.tls;

import io.auspex.access.Authentication;
import io.auspex.netconfserver.NetconfSession;
import io.auspex.netconfserver.NetconfSessions;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** One TLS connection, which is one NETCONF session once the client is known. */
final class TlsConnection {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int PROBES = 3;

    private final Socket socket;
    private final TlsLimits limits;
    private final long loginDeadline;
    private volatile boolean known;
    private volatile @Nullable SSLSocket secure;
    private volatile @Nullable TlsSink sink;

    TlsConnection(Socket socket, TlsLimits limits) {
        this.socket = socket;
        this.limits = limits;
        this.loginDeadline = System.nanoTime() + limits.loginTime().toNanos();
    }

    /** The address of the peer as it stands in the audit log. */
    String peer() {
        var address = socket.getInetAddress();
        return address == null ? "netconf-tls" : "netconf-tls " + address.getHostAddress() + ":" + socket.getPort();
    }

    /**
     * The handshake, and whose certificate it was.
     *
     * @param client the client's name in the configuration, when the server has called it
     * @return empty when the client is not let in
     * @throws IOException the handshake fails, or there are too many sessions
     */
    Optional<NetconfSession> login(TlsEndpoint endpoint, @Nullable String client, NetconfSessions sessions)
            throws IOException {
        socket.setTcpNoDelay(true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS / 2);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        var tls = (SSLSocket) endpoint.identity().getSocketFactory().createSocket(socket, null, true);
        secure = tls;
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.setEnabledProtocols(PROTOCOLS);
        tls.startHandshake();
        // a further handshake on the same connection could change who the client is
        tls.addHandshakeCompletedListener(_ -> cut());
        var sent = certificates(tls);
        known = true;
        return switch (endpoint.clients().authenticate(Arrays.asList(sent), peer())) {
            case Authentication.Accepted(var principal) ->
                Optional.of(sessions.open(principal, "netconf-tls", endpoint.idleTime(), client));
            case Authentication.Rejected(), Authentication.Busy(var _) -> Optional.empty();
        };
    }

    private static X509Certificate[] certificates(SSLSocket tls) throws SSLPeerUnverifiedException {
        return Arrays.stream(tls.getSession().getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
    }

    /** Serves a session until it ends. */
    void serve(NetconfSession session) throws IOException, InterruptedException {
        var tls = secure;
        if (tls == null) {
            throw new IOException("the connection is closed");
        }
        var out = new TlsSink(tls.getOutputStream());
        sink = out;
        var ended = new CountDownLatch(1);
        session.start(tls.getInputStream(), out, cut -> {
            if (!cut) {
                closeInOrder(tls);
            }
            ended.countDown();
        });
        ended.await();
    }

    private static void closeInOrder(SSLSocket tls) {
        try {
            tls.close();
        } catch (IOException _) {
            // the peer is gone already
        }
    }

    /** Whether the handshake or one write takes too long. */
    boolean isOverdue() {
        var out = sink;
        return !known && System.nanoTime() - loginDeadline > 0
                || out != null && out.isStuck(limits.writeTime().toNanos());
    }

    /** Drops the connection, whatever it is doing. */
    void cut() {
        try {
            socket.close();
        } catch (IOException _) {
            // closed is what it was to be
        }
    }
}
