package io.auspex.netconfprotocol;

import io.auspex.yang.codec.XmlRefused;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import javax.xml.stream.XMLStreamException;

/** The peer broke a rule of framing, XML or the session's life cycle (RFC 6241, RFC 6242): the session cannot go on. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which kind of rule was broken. */
    public enum Reason {
        /** The bytes do not follow the agreed framing (RFC 6242 §4). */
        FRAMING,
        /** A limit on size, depth or number was exceeded. */
        TOO_BIG,
        /** Not well-formed XML in UTF-8, or XML features that NETCONF forbids (RFC 6241 §3). */
        MALFORMED_XML,
        /** Well-formed, yet not a message that the receiver may get in this state (RFC 6241 §4, §8.1). */
        UNEXPECTED_MESSAGE
    }

    private final Reason reason;

    public ProtocolException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What the XML parser found, as one line with the place. */
    public static ProtocolException of(XMLStreamException cause) {
        var error = XmlRefused.describe(cause).first();
        var exception = new ProtocolException(
                error.failure() == Failure.MESSAGE_TOO_BIG ? Reason.TOO_BIG : Reason.MALFORMED_XML, error.message());
        exception.initCause(cause);
        return exception;
    }

    /** What a server answers where it still can; RFC 6241 Appendix A, malformed-message and too-big. */
    public YangError error() {
        var failure = switch (reason) {
            case TOO_BIG -> Failure.MESSAGE_TOO_BIG;
            case FRAMING, MALFORMED_XML, UNEXPECTED_MESSAGE -> Failure.MALFORMED;
        };
        return YangError.of(failure, String.valueOf(getMessage())).withType(ErrorType.RPC);
    }
}
