package io.auspex.netconfprotocol;

/** XML namespaces of the NETCONF protocol itself. */
public final class NetconfNamespaces {
    /** RFC 6241 §3.1. */
    public static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    /** RFC 5277 §4. */
    public static final String NOTIFICATION = "urn:ietf:params:xml:ns:netconf:notification:1.0";
    /** RFC 6022 §5. */
    public static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";
    /** RFC 8525 §3. */
    public static final String YANG_LIBRARY = "urn:ietf:params:xml:ns:yang:ietf-yang-library";

    private NetconfNamespaces() {}
}
