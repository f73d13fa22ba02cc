package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.MessageHead.Kind;
import io.auspex.netconfprotocol.ProtocolException.Reason;
import io.auspex.yang.InputLimits;
import io.auspex.yang.error.YangException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** What a reply says (RFC 6241 §4.2): done, data, or errors. */
public sealed interface RpcReply {
    /** The operation is done and has nothing to return. */
    record Ok() implements RpcReply {}

    /** What the operation returns; warnings may stand beside it. */
    record Data(List<XmlElement> content, List<RpcError> warnings) implements RpcReply {
        public Data {
            content = List.copyOf(content);
            warnings = List.copyOf(warnings);
        }
    }

    /** The operation failed, wholly or in part. */
    record Failed(List<RpcError> errors) implements RpcReply {
        public Failed {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("a failed reply names at least one error");
            }
        }

        /** This server's own errors. */
        public static Failed of(YangException failure) {
            return new Failed(failure.errors().stream().map(RpcError::of).toList());
        }

        /** All errors in one line. */
        public String summary() {
            return String.join("; ", errors.stream().map(RpcError::summary).toList());
        }
    }

    /** @throws ProtocolException not a well-formed rpc-reply */
    static RpcReply parse(byte[] message, InputLimits limits) throws ProtocolException {
        try {
            var in = XmlInput.open(message, limits);
            var head = MessageHead.read(in);
            if (head.kind() != Kind.RPC_REPLY) {
                throw new ProtocolException(
                        Reason.UNEXPECTED_MESSAGE,
                        "expected rpc-reply, got " + head.kind().element());
            }
            var errors = new ArrayList<RpcError>();
            var content = new ArrayList<XmlElement>();
            var ok = false;
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                var element = XmlElement.read(in, head.scope());
                if (element.is(BASE, "rpc-error")) {
                    errors.add(RpcError.of(element));
                } else if (element.is(BASE, "ok")) {
                    ok = true;
                } else {
                    content.add(element);
                }
            }
            XmlInput.finish(in);
            if (errors.stream().anyMatch(e -> e.severity() == RpcError.Severity.ERROR)) {
                return new Failed(errors);
            }
            return ok && content.isEmpty() ? new Ok() : new Data(content, errors);
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
    }

    /** The whole message that answers an rpc with this head. */
    default byte[] toBytes(MessageHead rpc) {
        var envelope = ReplyEnvelope.of(rpc);
        return switch (this) {
            case Ok() -> envelope.around(List.of(XmlElement.of(BASE, "ok")));
            case Data(var content, var warnings) -> {
                var all = new ArrayList<>(warnings.stream().map(RpcError::toXml).toList());
                all.addAll(content);
                yield envelope.around(all);
            }
            case Failed(var errors) ->
                envelope.around(errors.stream().map(RpcError::toXml).toList());
        };
    }
}
