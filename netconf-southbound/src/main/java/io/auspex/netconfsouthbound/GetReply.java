package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.RpcError;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.XmlInput;
import io.auspex.yang.InputLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Finds the values of several paths in a reply while reading it; of a list, one entry at a time is in memory. */
sealed interface GetReply {
    /** The device answered; one reading for each path asked for. */
    record Answered(Map<MetricPath, MetricReading> readings) implements GetReply {}

    /** The device answered with errors. */
    record Refused(RpcReply.Failed errors) implements GetReply {}

    /** @throws ProtocolException the reply is not well-formed */
    static GetReply read(byte[] reply, InputLimits limits, Collection<MetricPath> paths) throws ProtocolException {
        var matcher = new PathMatcher(PathTree.of(paths));
        var errors = new ArrayList<RpcError>();
        try {
            var in = XmlInput.open(reply, limits);
            var head = MessageHead.read(in);
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                if (BASE.equals(in.getNamespaceURI()) && in.getLocalName().equals("rpc-error")) {
                    errors.add(RpcError.of(XmlElement.read(in, head.scope())));
                } else if (in.getLocalName().equals("data")) {
                    matcher.walk(in);
                } else {
                    PathMatcher.skip(in);
                }
            }
            XmlInput.finish(in);
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
        if (errors.stream().anyMatch(e -> e.severity() == RpcError.Severity.ERROR)) {
            return new Refused(new RpcReply.Failed(errors));
        }
        return new Answered(matcher.readings(paths, "the device's reply does not hold it"));
    }
}
