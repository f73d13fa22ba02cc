package io.auspex.netconfserver;

import io.auspex.access.Principal;
import io.auspex.management.DatastoreControl;
import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.MessageHead.Kind;
import io.auspex.netconfprotocol.NetconfNamespaces;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.ReplyEnvelope;
import io.auspex.netconfprotocol.RpcError;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlInput;
import io.auspex.netconfserver.operation.NetconfOperation;
import io.auspex.yang.codec.UnexpectedText;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an rpc from its bytes to its reply (RFC 6241 §4). */
final class RpcProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(RpcProcessor.class);
    private static final byte[] END = ReplyEnvelope.END.getBytes(StandardCharsets.UTF_8);

    private final Operations operations;
    private final SessionConfig config;

    RpcProcessor(Operations operations, SessionConfig config) {
        this.operations = operations;
        this.config = config;
    }

    /**
     * Does what a message asks for and writes the reply.
     *
     * @return false when the session ends with this reply
     * @throws ProtocolException the message breaks a rule that no session survives; it is answered already
     */
    boolean answer(byte[] message, NetconfSession session) throws ProtocolException, IOException, InterruptedException {
        MessageHead head;
        Reply reply;
        try {
            var in = XmlInput.open(message, config.limits().xml());
            head = MessageHead.read(in);
            session.state().expect(head.kind());
            count(session);
            var mayAsk = session.mayAsk();
            if (head.messageId().isEmpty()) {
                finish(in);
                bad(session);
                session.send(out -> out.write(new RpcReply.Failed(List.of(RpcError.missingMessageId())).toBytes(head)));
                return true;
            }
            reply = mayAsk ? execute(in, head, session) : tooMany(in);
        } catch (ProtocolException e) {
            refuse(e, session);
            throw e;
        } catch (XMLStreamException e) {
            var broken = ProtocolException.of(e);
            refuse(broken, session);
            throw broken;
        }
        write(head, reply, session);
        return !(reply instanceof Reply.Farewell);
    }

    /** Whoever asks for too much may still go. */
    private Reply tooMany(XMLStreamReader in) throws XMLStreamException {
        if (asksToGo(in)) {
            finish(in);
            return new Reply.Farewell();
        }
        return new Reply.Failed(List.of(YangError.of(
                        Failure.RESOURCE_DENIED,
                        "rpc: this session asks for more than "
                                + config.limits().rpcsPerSecond() + " rpcs a second")
                .withType(ErrorType.RPC)));
    }

    private static boolean asksToGo(XMLStreamReader in) throws XMLStreamException {
        try {
            return in.nextTag() == XMLStreamConstants.START_ELEMENT
                    && in.getLocalName().equals("close-session")
                    && NetconfNamespaces.BASE.equals(in.getNamespaceURI());
        } catch (UnexpectedText _) {
            return false;
        }
    }

    /** Tells the peer why the session ends, where the rules still allow to speak (RFC 6241 Appendix A). */
    void refuse(ProtocolException why, NetconfSession session) throws IOException {
        bad(session);
        switch (why.reason()) {
            case FRAMING, UNEXPECTED_MESSAGE -> {}
            case TOO_BIG -> say(session, "too-big", why);
            // RFC 6241 Appendix A: malformed-message is not for peers that speak base 1.0 alone
            case MALFORMED_XML ->
                say(session, session.framing() == Framing.CHUNKED ? "malformed-message" : "operation-failed", why);
        }
    }

    private static void say(NetconfSession session, String tag, ProtocolException why) throws IOException {
        var reply = new RpcReply.Failed(List.of(RpcError.of("rpc", tag, String.valueOf(why.getMessage()))));
        session.counters.outRpcErrors.increment();
        session.send(out -> out.write(reply.toBytes(new MessageHead(Kind.RPC, List.of(), Map.of()))));
    }

    private Reply execute(XMLStreamReader in, MessageHead head, NetconfSession session)
            throws XMLStreamException, ProtocolException, InterruptedException {
        NetconfOperation operation;
        try {
            operation = operations.parse(in, head, session.principal());
            checkAtEnd(in);
            finish(in);
        } catch (YangException e) {
            finish(in);
            if (e.errors().stream().anyMatch(error -> error.type() == ErrorType.RPC)) {
                bad(session);
            }
            return new Reply.Failed(e.errors());
        } catch (UnexpectedText e) {
            finish(in);
            bad(session);
            return new Reply.Failed(List.of(YangError.of(Failure.BAD_ELEMENT, "rpc: " + e.getMessage())
                    .withType(ErrorType.RPC)
                    .withInfo(ErrorInfo.badElement("rpc"))));
        }
        try {
            config.tap().before(operation.name());
            return ScopedValue.where(Principal.CURRENT, session.principal())
                    .where(DatastoreControl.SESSION, session.id())
                    .call(() -> operations.execute(operation, session));
        } catch (YangException e) {
            return new Reply.Failed(e.errors());
        } catch (InterruptedException e) {
            throw e;
        } catch (CancellationException e) {
            throw new InterruptedException(e.getMessage());
        } catch (Exception e) {
            return new Reply.Failed(List.of(internal(operation.name(), session, e)));
        }
    }

    private static YangError internal(String operation, NetconfSession session, Exception e) {
        var incident = UUID.randomUUID();
        LOG.atError()
                .addKeyValue("incident", incident)
                .addKeyValue("session", session.id())
                .addKeyValue("operation", operation)
                .setCause(e)
                .log("internal fault");
        return YangError.of(Failure.INTERNAL, operation + ": internal fault, incident " + incident);
    }

    private void write(MessageHead head, Reply reply, NetconfSession session) throws IOException {
        switch (reply) {
            case Reply.Ok(), Reply.Farewell() -> session.send(out -> out.write(new RpcReply.Ok().toBytes(head)));
            case Reply.Told(var mechanism, var version) -> {
                var told = new RpcReply.Data(List.of(mechanism.ok(NetconfNamespaces.BASE, version)), List.of());
                session.send(out -> out.write(told.toBytes(head)));
            }
            case Reply.Content(var writer) ->
                session.send(out -> {
                    try {
                        stream(head, writer, session, out);
                    } catch (RuntimeException e) {
                        // half a reply must not look like a whole one: either it is not on its way yet, or the session
                        // ends
                        if (!out.takeBack()) {
                            throw e;
                        }
                        session.counters.outRpcErrors.increment();
                        operations.countError();
                        out.write(
                                new RpcReply.Failed(List.of(RpcError.of(internal("reply", session, e)))).toBytes(head));
                    }
                });
            case Reply.Failed(var errors) -> {
                session.counters.outRpcErrors.increment();
                operations.countError();
                var failed =
                        new RpcReply.Failed(errors.stream().map(RpcError::of).toList());
                session.send(out -> out.write(failed.toBytes(head)));
            }
        }
    }

    private static void stream(MessageHead head, Reply.Writer writer, NetconfSession session, OutputStream out)
            throws IOException {
        out.write(ReplyEnvelope.of(head).startBytes());
        ScopedValue.where(Principal.CURRENT, session.principal()).<Object, IOException>call(() -> {
            writer.write(out);
            return END;
        });
        out.write(END);
    }

    private void count(NetconfSession session) {
        session.counters.inRpcs.increment();
        operations.countRpc();
    }

    private void bad(NetconfSession session) {
        session.counters.inBadRpcs.increment();
        operations.countBad();
    }

    /** After the operation nothing but the end of the rpc follows. */
    private static void checkAtEnd(XMLStreamReader in) throws XMLStreamException, YangException {
        if (in.nextTag() != XMLStreamConstants.END_ELEMENT) {
            var second = in.getLocalName();
            throw new YangException(
                    YangError.of(Failure.UNKNOWN_ELEMENT, "rpc: expected one operation, got '" + second + "' after it")
                            .withType(ErrorType.RPC)
                            .withInfo(ErrorInfo.badElement(second)));
        }
    }

    private static void finish(XMLStreamReader in) throws XMLStreamException {
        while (in.getEventType() != XMLStreamConstants.END_DOCUMENT) {
            in.next();
        }
    }
}
