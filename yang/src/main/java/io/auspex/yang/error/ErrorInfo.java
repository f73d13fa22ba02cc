package io.auspex.yang.error;

import java.util.List;

/**
 * One element of error-info (RFC 6241 §4.3, Appendix A), or of a yang-data structure a module defines for it.
 *
 * @param namespace of the element; the NETCONF base namespace for those of RFC 6241
 * @param name for example bad-element, bad-attribute, session-id
 * @param value a text, a number, an {@link io.auspex.yang.schema.Identity} or a {@link io.auspex.yang.schema.DataPath}; an
 *     empty text where there are children
 * @param children of a container
 */
public record ErrorInfo(String namespace, String name, Object value, List<ErrorInfo> children) {
    public static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

    public ErrorInfo {
        children = List.copyOf(children);
    }

    public ErrorInfo(String namespace, String name, Object value) {
        this(namespace, name, value, List.of());
    }

    public static ErrorInfo container(String namespace, String name, List<ErrorInfo> children) {
        return new ErrorInfo(namespace, name, "", children);
    }

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
