package io.auspex.netconfprotocol;

import java.util.Optional;

/**
 * One capability of a hello: a URI that may carry parameters (RFC 6241 §8.1, RFC 6020 §5.6.4).
 *
 * @param uri as sent, parameters included
 */
public record Capability(String uri) {
    public static final Capability BASE_1_0 = new Capability("urn:ietf:params:netconf:base:1.0");
    public static final Capability BASE_1_1 = new Capability("urn:ietf:params:netconf:base:1.1");
    public static final Capability XPATH = new Capability("urn:ietf:params:netconf:capability:xpath:1.0");
    public static final Capability INTERLEAVE = new Capability("urn:ietf:params:netconf:capability:interleave:1.0");
    public static final Capability NOTIFICATION = new Capability("urn:ietf:params:netconf:capability:notification:1.0");
    /** RFC 8526 §2: its parameter {@code content-id} changes with the modules. */
    public static final String YANG_LIBRARY_1_1 = "urn:ietf:params:netconf:capability:yang-library:1.1";
    /** RFC 7950 §5.6.4. */
    public static final String YANG_LIBRARY_1_0 = "urn:ietf:params:netconf:capability:yang-library:1.0";

    public Capability {
        if (uri.isEmpty()) {
            throw new IllegalArgumentException("a capability is a URI, got nothing");
        }
    }

    /** The URI without its parameters. */
    public String base() {
        var query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** The value of a parameter such as {@code module} or {@code revision}. */
    public Optional<String> parameter(String name) {
        var query = uri.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        for (var part : uri.substring(query + 1).split("[&;]")) {
            if (part.startsWith(name) && part.length() > name.length() && part.charAt(name.length()) == '=') {
                return Optional.of(part.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return uri;
    }
}
