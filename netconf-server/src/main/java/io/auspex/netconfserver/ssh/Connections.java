package io.auspex.netconfserver.ssh;

import io.auspex.netconfserver.Strangers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractConnectionService;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over connections: how many may be without a login, that a login is followed by a subsystem, and that the peer is
 * still there (RFC 4254 §4 requests with an answer).
 */
final class Connections implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final SshLimits limits;
    private final Strangers<Session> strangers;

    Connections(SshLimits limits) {
        this.limits = limits;
        this.strangers = new Strangers<>(limits.unauthenticated(), limits.unauthenticatedPerSource());
    }

    @Override
    public void sessionCreated(Session connection) {
        var refused = strangers.arrived(connection, address(connection));
        for (var session : refused) {
            LOG.atWarn().addKeyValue("peer", Logins.source(session)).log("too many connections without a login");
            cut(session);
        }
        Thread.ofVirtual().name("netconf-login-deadline").start(() -> awaitLogin(connection));
    }

    @Override
    public void sessionEvent(Session connection, Event event) {
        if (event == Event.Authenticated) {
            strangers.left(connection);
            Thread.ofVirtual().name("netconf-connection").start(() -> guard(connection));
        }
    }

    @Override
    public void sessionClosed(Session connection) {
        strangers.left(connection);
        if (!connection.isAuthenticated()) {
            LOG.atInfo().addKeyValue("peer", Logins.source(connection)).log("connection ended without a login");
        }
    }

    /** Whether the connection has sent more than it may before its login. */
    boolean isTooMuch(ServerSession connection, long bytes) {
        return !connection.isAuthenticated() && bytes > limits.loginBytes();
    }

    private void guard(Session connection) {
        var closed = closing(connection);
        try {
            if (isOver(closed, limits.loginTime())) {
                return;
            }
            while (true) {
                if (channels(connection) == 0) {
                    ((AbstractSession) connection)
                            .disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "no subsystem is open");
                    return;
                }
                probe(connection);
                if (isOver(closed, limits.keepAlive())) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            LOG.atInfo()
                    .addKeyValue("peer", Logins.source(connection))
                    .addKeyValue("reason", e.getMessage())
                    .log("the peer is gone");
            cut(connection);
        }
    }

    /** The peer is not told: it might not read, and who tells it would wait. */
    private void awaitLogin(Session connection) {
        try {
            if (!isOver(closing(connection), limits.loginTime()) && !connection.isAuthenticated()) {
                LOG.atInfo().addKeyValue("peer", Logins.source(connection)).log("no login in time");
                cut(connection);
            }
        } catch (InterruptedException _) {
            cut(connection);
        } finally {
            strangers.left(connection);
        }
    }

    /** Ends a connection at once: SSH's own way to close it waits for whoever writes to the peer. */
    static void cut(Session connection) {
        connection.getIoSession().close(true);
    }

    private static CountDownLatch closing(Session connection) {
        var closed = new CountDownLatch(1);
        connection.getIoSession().addCloseFutureListener(_ -> closed.countDown());
        return closed;
    }

    private static boolean isOver(CountDownLatch closed, Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void probe(Session connection) throws IOException {
        var request = connection.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
        request.putString("keepalive@openssh.com");
        request.putBoolean(true);
        connection.request("keepalive@openssh.com", request, limits.keepAlive().toMillis());
    }

    /** The channels of a connection, those being opened or closed included. */
    static int channels(Session connection) {
        return connection.getService(ConnectionService.class) instanceof AbstractConnectionService service
                ? service.getChannels().size()
                : 0;
    }

    private static Object address(Session connection) {
        return connection.getRemoteAddress() instanceof InetSocketAddress address ? address.getAddress() : "";
    }
}
