package io.auspex.restconfserver.receivers;

import io.auspex.notifications.subscriptions.ReceiverTransport;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Receivers that are HTTPS servers, as ietf-https-notif-transport configures them. */
public final class HttpsReceivers implements ReceiverTransport {
    private static final String MODULE = "ietf-https-notif-transport";
    private static final int HTTPS = 443;

    @Override
    public String identity() {
        return MODULE + ":https";
    }

    @Override
    public boolean reaches(InnerNode instance) {
        return receiver(instance).isPresent();
    }

    private static Optional<InnerNode> receiver(InnerNode instance) {
        return instance.schema()
                .child(MODULE, "https-receiver")
                .map(instance::child)
                .filter(InnerNode.class::isInstance)
                .map(InnerNode.class::cast);
    }

    @Override
    public List<InnerNode> references(InnerNode instance, InnerNode running) {
        return receiver(instance)
                .flatMap(r -> r.inner("tls"))
                .flatMap(t -> t.inner("tls-client-parameters"))
                .map(p -> ReceiverTrust.bags(p, running))
                .orElse(List.of());
    }

    @Override
    public Channel open(InnerNode instance, InnerNode running) throws YangException {
        var tls = receiver(instance)
                .flatMap(r -> r.inner("tls"))
                .orElseThrow(() -> new YangException(Failure.INVALID_VALUE, "the receiver has no container 'tls'"));
        var trust = ReceiverTrust.of(tls.inner("tls-client-parameters").orElse(null), running);
        return new HttpsReceiver(address(tls), trust.context());
    }

    /** The URI that those of the receiver's resources begin with. */
    private static URI address(InnerNode tls) throws YangException {
        var tcp = tls.inner("tcp-client-parameters");
        var host = tcp.flatMap(t -> t.value("remote-address"))
                .orElseThrow(() -> new YangException(Failure.INVALID_VALUE, "the receiver has no remote-address"))
                .toString();
        var port = tcp.flatMap(t -> t.value("remote-port"))
                .map(p -> ((Number) p).intValue())
                .filter(p -> p != 0)
                .orElse(HTTPS);
        var path = tls.inner("http-client-parameters")
                .flatMap(h -> h.value("path"))
                .map(Object::toString)
                .orElse("/");
        try {
            var uri = new URI("https", null, host, port, path.endsWith("/") ? path : path + "/", null, null);
            if (uri.getHost() != null && path.startsWith("/")) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // as any other that is none
        }
        throw new YangException(
                Failure.INVALID_VALUE, "'" + host + "' and '" + path + "' are not the host and the path of a receiver");
    }
}
