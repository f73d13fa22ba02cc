package io.auspex.netconfserver.receivers;

import io.auspex.netconfprotocol.SessionState;
import io.auspex.netconfserver.NetconfSession;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.SessionEnd;
import io.auspex.netconfserver.SessionListener;
import io.auspex.notifications.NotificationMessages;
import io.auspex.notifications.subscriptions.Outgoing;
import io.auspex.notifications.subscriptions.ReceiverTransport;
import io.auspex.yang.data.InnerNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Receivers that are NETCONF clients which the server calls, as auspex-call-home-receivers configures them. */
public final class CallHomeReceivers implements ReceiverTransport {
    private static final String MODULE = "auspex-call-home-receivers";
    private static final String NAME = "netconf-call-home";

    private final NetconfSessions sessions;

    /** @param sessions among which are those of the clients */
    public CallHomeReceivers(NetconfSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String identity() {
        return MODULE + ":" + NAME;
    }

    @Override
    public boolean reaches(InnerNode instance) {
        return receiver(instance).isPresent();
    }

    private static Optional<InnerNode> receiver(InnerNode instance) {
        return instance.schema()
                .child(MODULE, NAME)
                .map(instance::child)
                .filter(InnerNode.class::isInstance)
                .map(InnerNode.class::cast);
    }

    @Override
    public List<InnerNode> references(InnerNode instance, InnerNode running) {
        return List.of();
    }

    @Override
    public void watch(Consumer<Predicate<InnerNode>> told) {
        sessions.listen(new SessionListener() {
            @Override
            public void started(NetconfSession session) {
                session.client().ifPresent(c -> told.accept(i -> client(i).equals(c)));
            }

            @Override
            public void ended(NetconfSession session, SessionEnd end) {
                session.client().ifPresent(c -> told.accept(i -> client(i).equals(c)));
            }
        });
    }

    @Override
    public Channel open(InnerNode instance, InnerNode running) {
        return new ClientChannel(client(instance));
    }

    /** The client's name, which is mandatory. */
    private static String client(InnerNode instance) {
        return receiver(instance).flatMap(r -> r.value("client")).orElseThrow().toString();
    }

    /** The way to a client: the oldest of its sessions. */
    private final class ClientChannel implements Channel {
        private final String client;
        private NetconfSession.@Nullable Push push;

        ClientChannel(String client) {
            this.client = client;
        }

        @Override
        public Abilities connect() throws IOException {
            push = sessions.all().stream()
                    .filter(s ->
                            s.client().filter(client::equals).isPresent() && s.state() instanceof SessionState.Ready)
                    .findFirst()
                    .orElseThrow(() -> new IOException("client '" + client + "' has no session"))
                    .push();
            return new Abilities(Set.of("encode-xml"), true);
        }

        @Override
        public boolean send(Outgoing notification, String encoding) throws IOException {
            if (push == null) {
                throw new IOException("not connected");
            }
            push.send(NotificationMessages.xml(notification.notification(), notification.envelope()));
            return true;
        }

        @Override
        public boolean isLost() {
            return push != null && push.isOver();
        }

        @Override
        public void close() {
            if (push != null) {
                push.close();
            }
        }
    }
}
