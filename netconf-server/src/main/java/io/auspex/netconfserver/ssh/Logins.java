package io.auspex.netconfserver.ssh;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Principal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logins by password, keyboard-interactive and public key (RFC 4252, RFC 4256), all decided by an {@link Authenticator}. */
final class Logins implements KeyboardInteractiveAuthenticator, SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    private static final AttributeKey<Principal> ACCEPTED = new AttributeKey<>();

    /** The keys that a peer showed in vain. */
    private static final AttributeKey<Refused> REFUSED = new AttributeKey<>();

    /** How many of them are told. */
    private static final int MOST_TOLD = 4;

    private record Refused(String user, List<byte[]> keys) {}

    /** The public key that the accepted user showed. */
    private static final AttributeKey<byte[]> KEY = new AttributeKey<>();

    private final Authenticator authenticator;

    Logins(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    void apply(SshServer server) {
        server.setUserAuthFactories(List.of(
                UserAuthPublicKeyFactory.INSTANCE,
                UserAuthPasswordFactory.INSTANCE,
                UserAuthKeyboardInteractiveFactory.INSTANCE));
        server.setPasswordAuthenticator(this::password);
        server.setPublickeyAuthenticator(this::publicKey);
        server.setKeyboardInteractiveAuthenticator(this);
        server.addSessionListener(this);
    }

    /** Who logged in on a connection, once SSH has accepted the login. */
    static Optional<Principal> principal(ServerSession connection) {
        var accepted = connection.getAttribute(ACCEPTED);
        return connection.isAuthenticated()
                        && accepted != null
                        && accepted.name().equals(connection.getUsername())
                ? Optional.of(accepted)
                : Optional.empty();
    }

    /** The address of the peer as it stands in the audit log. */
    static String source(SessionContext connection) {
        return connection.getRemoteAddress() instanceof InetSocketAddress address
                ? "netconf " + address.getAddress().getHostAddress() + ":" + address.getPort()
                : "netconf";
    }

    private boolean password(String user, String password, ServerSession connection) {
        var bytes = password.getBytes(StandardCharsets.UTF_8);
        var decision = new AsyncAuthException();
        Thread.ofVirtual().name("netconf-login").start(() -> {
            var accepted = decide(user, connection, () -> {
                try {
                    return authenticator.authenticate(user, bytes, source(connection));
                } finally {
                    Arrays.fill(bytes, (byte) 0);
                }
            });
            decision.setAuthed(accepted);
        });
        throw decision;
    }

    private boolean publicKey(String user, PublicKey key, ServerSession connection) {
        var data = new ByteArrayBuffer();
        data.putRawPublicKey(key);
        var bytes = data.getCompactData();
        var accepted = decide(user, connection, () -> authenticator.authenticateKey(user, bytes, source(connection)));
        if (accepted) {
            connection.setAttribute(KEY, bytes);
        } else {
            var before = connection.getAttribute(REFUSED);
            var keys = before != null && before.user().equals(user) ? before.keys() : List.<byte[]>of();
            var all = Stream.concat(keys.stream(), Stream.of(bytes)).limit(MOST_TOLD);
            connection.setAttribute(REFUSED, new Refused(user, all.toList()));
        }
        return accepted;
    }

    /** A key may be shown without proof (RFC 4252 §7): only now is it known that the peer has its private part. */
    @Override
    public void sessionEvent(Session connection, Event event) {
        var key = connection.getAttribute(KEY);
        if (event == Event.Authenticated) {
            connection.removeAttribute(REFUSED);
            if (key != null) {
                authenticator.provedKey(connection.getUsername(), key, source(connection));
            }
        }
    }

    @Override
    public void sessionClosed(Session connection) {
        var refused = connection.removeAttribute(REFUSED);
        if (refused != null) {
            authenticator.refusedKeys(refused.user(), refused.keys(), source(connection));
        }
    }

    private boolean decide(String user, ServerSession connection, Supplier<Authentication> check) {
        connection.removeAttribute(ACCEPTED);
        connection.removeAttribute(KEY);
        try {
            return switch (check.get()) {
                case Authentication.Accepted(var principal) -> {
                    connection.setAttribute(ACCEPTED, principal);
                    yield true;
                }
                case Authentication.Rejected() -> false;
                case Authentication.Busy(var _) -> false;
            };
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("user", user).setCause(e).log("login could not be checked");
            return false;
        }
    }

    @Override
    public InteractiveChallenge generateChallenge(ServerSession connection, String user, String lang, String methods) {
        var challenge = new InteractiveChallenge();
        challenge.setInteractionName("");
        challenge.setInteractionInstruction("");
        challenge.setLanguageTag("");
        challenge.addPrompt("Password: ", false);
        return challenge;
    }

    @Override
    public boolean authenticate(ServerSession connection, String user, List<String> responses) {
        return responses.size() == 1 && password(user, responses.getFirst(), connection);
    }
}
