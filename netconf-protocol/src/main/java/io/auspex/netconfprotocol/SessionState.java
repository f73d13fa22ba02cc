package io.auspex.netconfprotocol;

import io.auspex.netconfprotocol.MessageHead.Kind;
import io.auspex.netconfprotocol.ProtocolException.Reason;
import java.time.Instant;

/**
 * Where a NETCONF session stands, seen from either end (RFC 6241 §8.1).
 *
 * <pre>
 * AwaitingHello ──peer's hello──► Ready ──close-session, end of transport──► Closing
 *       └──────────deadline, broken hello─────────────────────────────────────►┘
 * </pre>
 */
public sealed interface SessionState {
    /** @throws ProtocolException a message of this kind may not arrive in this state */
    void expect(Kind arriving) throws ProtocolException;

    /**
     * Both sides send their hello at once; nothing else may arrive before the peer's.
     *
     * @param sessionId what this side put into its hello; 0 for a client
     */
    record AwaitingHello(Role role, Capabilities mine, long sessionId, Instant deadline) implements SessionState {
        public static AwaitingHello client(Capabilities mine, Instant deadline) {
            return new AwaitingHello(Role.CLIENT, mine, 0, deadline);
        }

        public static AwaitingHello server(Capabilities mine, long sessionId, Instant deadline) {
            return new AwaitingHello(Role.SERVER, mine, sessionId, deadline);
        }

        @Override
        public void expect(Kind arriving) throws ProtocolException {
            if (arriving != Kind.HELLO) {
                throw unexpected("a " + arriving.element() + " arrived before the hello");
            }
        }

        /** @throws ProtocolException no base version in common, or a session-id where it may not be or missing */
        public Ready ready(Hello peer) throws ProtocolException {
            var framing = mine.framingWith(peer.capabilities());
            return switch (role) {
                case CLIENT ->
                    new Ready(
                            role,
                            peer.sessionId().orElseThrow(() -> unexpected("hello: the server sent no session-id")),
                            framing,
                            peer.capabilities());
                case SERVER -> {
                    if (peer.sessionId().isPresent()) {
                        throw unexpected("hello: a client must not send a session-id");
                    }
                    yield new Ready(role, sessionId, framing, peer.capabilities());
                }
            };
        }

        public Closing closing(String why) {
            return new Closing(why);
        }
    }

    /**
     * Messages flow.
     *
     * @param peer the capabilities of the other side
     */
    record Ready(Role role, long sessionId, Framing framing, Capabilities peer) implements SessionState {
        @Override
        public void expect(Kind arriving) throws ProtocolException {
            var allowed = switch (role) {
                case CLIENT -> arriving == Kind.RPC_REPLY || arriving == Kind.NOTIFICATION;
                case SERVER -> arriving == Kind.RPC;
            };
            if (!allowed) {
                throw unexpected(
                        arriving == Kind.HELLO
                                ? "a second hello arrived"
                                : "a " + arriving.element() + " must not be sent to a "
                                        + (role == Role.CLIENT ? "client" : "server"));
            }
        }

        public Closing closing(String why) {
            return new Closing(why);
        }
    }

    /** Nothing more is read; what was accepted may still be answered. */
    record Closing(String why) implements SessionState {
        @Override
        public void expect(Kind arriving) throws ProtocolException {
            throw unexpected("a " + arriving.element() + " arrived after the end of the session: " + why);
        }
    }

    private static ProtocolException unexpected(String message) {
        return new ProtocolException(Reason.UNEXPECTED_MESSAGE, message);
    }
}
