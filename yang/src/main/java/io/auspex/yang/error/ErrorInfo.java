package io.auspex.yang.error;

/**
 * One element of error-info (RFC 6241 §4.3, Appendix A), or of a yang-data structure a module defines for it.
 *
 * @param namespace of the element; the NETCONF base namespace for those of RFC 6241
 * @param name for example bad-element, bad-attribute, session-id
 */
public record ErrorInfo(String namespace, String name, String value) {
    public static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

    public static ErrorInfo badElement(String name) {
        return new ErrorInfo(BASE, "bad-element", name);
    }

    public static ErrorInfo badAttribute(String name) {
        return new ErrorInfo(BASE, "bad-attribute", name);
    }

    public static ErrorInfo badNamespace(String namespace) {
        return new ErrorInfo(BASE, "bad-namespace", namespace);
    }

    public static ErrorInfo sessionId(long id) {
        return new ErrorInfo(BASE, "session-id", Long.toString(id));
    }
}
