package io.auspex.restconfserver;

import io.auspex.restconfserver.http.Accept;
import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Tells where {+restconf} is (RFC 8040 §3.1), as XRD and as JRD (RFC 6415 §3, Appendix A). */
final class HostMeta {
    static final String PATH = "/.well-known/host-meta";
    private static final String XRD = "application/xrd+xml";
    private static final String JRD = "application/jrd+json";

    private HostMeta() {}

    /** The document; empty when the path is no other form of it. */
    static Optional<HttpReply> answer(HttpRequest request, String root) {
        var json = request.path().equals(PATH + ".json");
        if (!json && !request.path().equals(PATH)) {
            return Optional.empty();
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Optional.of(new HttpReply.Empty(405, List.of(new Header("Allow", "GET, HEAD"))));
        }
        var accept = Accept.of(request.headers().all("Accept"));
        var type = json
                ? accept.choose(List.of(JRD, "application/json")).orElse(JRD)
                : accept.choose(List.of(XRD, JRD, "application/json")).orElse(XRD);
        var text = type.equals(XRD)
                ? "<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>\n    <Link rel='restconf' href='" + root
                        + "'/>\n</XRD>\n"
                : "{\"links\":[{\"rel\":\"restconf\",\"href\":\"" + root + "\"}]}\n";
        return Optional.of(new HttpReply.Whole(
                200, List.of(new Header("Content-Type", type)), text.getBytes(StandardCharsets.UTF_8)));
    }
}
