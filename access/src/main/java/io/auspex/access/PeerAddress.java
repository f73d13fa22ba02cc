package io.auspex.access;

import java.net.InetAddress;

/** Reads the peer's address out of a {@link Principal#source()} such as {@code restconf [::1]:51234}. */
public final class PeerAddress {
    private PeerAddress() {}

    /** The host of a source, without transport and port; the source itself where it has another form. */
    public static String host(String source) {
        var address = source.substring(source.lastIndexOf(' ') + 1);
        var colon = address.lastIndexOf(':');
        var host = colon < 0 || address.endsWith("]") || address.indexOf(':') != colon && !address.startsWith("[")
                ? address
                : address.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** True when the host is a loopback address; a name is none, whatever it resolves to. */
    static boolean isLoopback(String source) {
        try {
            return InetAddress.ofLiteral(host(source)).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
