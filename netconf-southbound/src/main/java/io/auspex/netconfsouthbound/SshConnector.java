package io.auspex.netconfsouthbound;

import io.auspex.netconfsouthbound.SessionException.Kind;
import io.auspex.yang.InputLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** NETCONF over SSH (RFC 6242): one SSH client for all devices, one connection with one subsystem channel per session. */
final class SshConnector implements Connector {
    private static final AttributeKey<HostKeyCheck> CHECK = new AttributeKey<>();
    private static final int READ_BUFFER_BYTES = 8 << 10;

    private final SshClient client;
    private final HostKeyStore hostKeys;
    private final InputLimits limits;
    private final InstantSource clock;

    SshConnector(HostKeyStore hostKeys, InputLimits limits, InstantSource clock) {
        this.hostKeys = hostKeys;
        this.limits = limits;
        this.clock = clock;
        this.client = ClientBuilder.builder().build();
        harden(client);
        client.start();
    }

    @Override
    public NetconfClientSession connect(DeviceConfig config, SessionListener listener)
            throws SessionException, InterruptedException {
        var check = new HostKeyCheck(config, hostKeys);
        var ssh = transport(config, check);
        try {
            login(ssh, config, check);
            check.pinIfFirst();
            return subsystem(ssh, config, listener);
        } catch (IOException | InterruptedException e) {
            ssh.close(true);
            throw e;
        }
    }

    @Override
    public void close() {
        client.stop();
    }

    private ClientSession transport(DeviceConfig config, HostKeyCheck check)
            throws SessionException, InterruptedException {
        var where = config.address() + " port " + config.port();
        try {
            var connecting = client.connect(
                    config.credentials().user(),
                    config.address(),
                    config.port(),
                    AttributeRepository.ofKeyValuePair(CHECK, check));
            if (!connecting.await(config.timers().connect())) {
                connecting.cancel();
                throw new SessionException(
                        Kind.UNREACHABLE,
                        where + ": no connection within "
                                + SessionTimers.text(config.timers().connect()));
            }
            if (!connecting.isConnected()) {
                throw new SessionException(Kind.UNREACHABLE, where + ": " + reason(connecting.getException()));
            }
            return connecting.getClientSession();
        } catch (SessionException e) {
            throw e;
        } catch (IOException e) {
            throw interruptedOr(e, Kind.UNREACHABLE, where);
        }
    }

    private static void login(ClientSession ssh, DeviceConfig config, HostKeyCheck check)
            throws SessionException, InterruptedException {
        try {
            switch (config.credentials()) {
                case Credentials.Password(var _, var password) -> ssh.addPasswordIdentity(password.value());
                case Credentials.PrivateKey(var _, var pem) ->
                    SecurityUtils.loadKeyPairIdentities(
                                    null,
                                    NamedResource.ofName(config.name()),
                                    new ByteArrayInputStream(pem.value().getBytes(StandardCharsets.UTF_8)),
                                    FilePasswordProvider.EMPTY)
                            .forEach(ssh::addPublicKeyIdentity);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new SessionException(Kind.AUTHENTICATION_FAILED, "the private key cannot be read", e);
        }
        try {
            var login = ssh.auth();
            var decided = login.await(config.timers().connect());
            var refusal = check.refusal();
            if (refusal != null) {
                throw new SessionException(Kind.HOST_KEY_CHANGED, refusal);
            }
            if (!decided) {
                throw new SessionException(
                        Kind.UNREACHABLE,
                        "no answer to the login within "
                                + SessionTimers.text(config.timers().connect()));
            }
            if (login.isSuccess()) {
                return;
            }
            if (login.isFailure() || !ssh.isOpen()) {
                var why = reason(login.getException());
                var refused = why.contains("No more authentication methods");
                throw new SessionException(
                        refused ? Kind.AUTHENTICATION_FAILED : Kind.UNREACHABLE,
                        refused
                                ? "the device refused the login of user '"
                                        + config.credentials().user() + "'"
                                : "key exchange or login broke off: " + why);
            }
            throw new SessionException(Kind.UNREACHABLE, "login canceled");
        } catch (SessionException e) {
            throw e;
        } catch (IOException e) {
            throw interruptedOr(e, Kind.UNREACHABLE, "login");
        }
    }

    private NetconfClientSession subsystem(ClientSession ssh, DeviceConfig config, SessionListener listener)
            throws SessionException, InterruptedException {
        var session = new NetconfClientSession(config.timers(), limits, listener, clock);
        try {
            var channel = ssh.createSubsystemChannel("netconf");
            channel.setOut(new SessionSink(session));
            channel.setErr(OutputStream.nullOutputStream());
            var opening = channel.open();
            if (!opening.await(config.timers().connect()) || !opening.isOpened()) {
                throw new SessionException(
                        Kind.UNREACHABLE,
                        "the device opens no subsystem netconf: "
                                + (opening.isDone() ? reason(opening.getException()) : "no answer"));
            }
            channel.addCloseFutureListener(_ -> session.transportClosed(
                    ssh.isClosing() || ssh.isClosed() ? "the connection is gone" : "the device closed the session"));
            ssh.addCloseFutureListener(_ -> session.transportClosed("the connection is gone"));
            ssh.addSessionListener(new SshFailure(session));
            session.start(new SshWire(channel.getInvertedIn(), ssh));
            return session;
        } catch (SessionException e) {
            throw e;
        } catch (IOException e) {
            throw interruptedOr(e, Kind.UNREACHABLE, "subsystem netconf");
        }
    }

    private static SessionException interruptedOr(IOException e, Kind kind, String what) throws InterruptedException {
        if (Thread.interrupted() || e instanceof InterruptedIOException) {
            throw new InterruptedException();
        }
        return new SessionException(kind, what + ": " + reason(e), e);
    }

    private static String reason(@Nullable Throwable e) {
        if (e == null) {
            return "no reason given";
        }
        var root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof UnresolvedAddressException) {
            return "the name does not resolve to an address";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static void harden(SshClient client) {
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setPasswordIdentityProvider(PasswordIdentityProvider.EMPTY_PASSWORDS_PROVIDER);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setUserAuthFactories(
                List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE, new OneLoginTry()));
        client.setPasswordAuthenticationReporter(new OneLoginTry.Reporter());
        client.setServerKeyVerifier((session, _, key) -> {
            var context = session.getConnectionContext();
            var check = context == null ? null : context.getAttribute(CHECK);
            return check != null && check.verify(key);
        });
        SshAlgorithms.apply(client);
        client.setAgentFactory(null);
        client.setForwardingFilter(null);
        client.setServiceFactories(List.of(ClientUserAuthServiceFactory.INSTANCE, new KeepAliveServiceFactory()));
        CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 2);
        CoreModuleProperties.NIO2_READ_BUFFER_SIZE.set(client, READ_BUFFER_BYTES);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ofSeconds(30));
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "Auspex");
        CoreModuleProperties.MAX_IDENTIFICATION_SIZE.set(client, 4 << 10);
    }

    /** Tells the session why its connection breaks, before it does. */
    private record SshFailure(NetconfClientSession session) implements org.apache.sshd.common.session.SessionListener {
        @Override
        public void sessionException(Session ssh, Throwable why) {
            session.transportClosed("the connection broke: " + reason(why));
        }
    }

    /** Sets the device's keep-alive before the connection service reads it, which it does once, when it is made. */
    private static final class KeepAliveServiceFactory extends ClientConnectionServiceFactory {
        @Override
        public Service create(Session session) throws IOException {
            if (session instanceof ClientSession ssh && ssh.getConnectionContext() != null) {
                var check = ssh.getConnectionContext().getAttribute(CHECK);
                if (check != null) {
                    CoreModuleProperties.HEARTBEAT_INTERVAL.set(
                            ssh, check.config().timers().keepAlive());
                }
            }
            return super.create(session);
        }
    }

    /** The transport of one session. */
    private record SshWire(OutputStream output, ClientSession ssh) implements Wire {
        @Override
        public void close() {
            ssh.close(true);
        }
    }
}
