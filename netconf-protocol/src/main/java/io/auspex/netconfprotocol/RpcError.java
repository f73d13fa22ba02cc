package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.InstanceIdentifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An rpc-error as it stands in a reply (RFC 6241 §4.3); what a device sends may hold any text.
 *
 * @param type {@code transport}, {@code rpc}, {@code protocol} or {@code application}
 * @param tag of Appendix A
 * @param path an absolute XPath whose prefixes {@code pathPrefixes} explains
 * @param info the children of error-info
 */
public record RpcError(
        String type,
        String tag,
        Severity severity,
        @Nullable String appTag,
        @Nullable String path,
        Map<String, String> pathPrefixes,
        @Nullable String message,
        List<XmlElement> info) {
    /** RFC 6241 §4.3: error-severity. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public RpcError {
        pathPrefixes = Map.copyOf(pathPrefixes);
        info = List.copyOf(info);
    }

    /** This server's own error, as it goes out (RFC 6241 §4.3). */
    public static RpcError of(YangError error) {
        var prefixes = new TreeMap<String, String>();
        var path = error.path() == null
                ? null
                : InstanceIdentifiers.xml(error.path(), module -> {
                    prefixes.put(module.name(), module.namespace());
                    return module.name();
                });
        return new RpcError(
                error.type().toString(),
                error.tag().toString(),
                Severity.ERROR,
                error.appTag(),
                path,
                prefixes,
                error.message(),
                error.info().stream().map(RpcError::element).toList());
    }

    private static XmlElement element(ErrorInfo info) {
        if (!info.children().isEmpty()) {
            var children = info.children().stream().map(RpcError::element).toList();
            return new XmlElement(info.namespace(), info.name(), Map.of(), List.of(), children, "");
        }
        if (info.value() instanceof DataPath place) {
            var scope = new TreeMap<String, String>();
            var text = InstanceIdentifiers.xml(place, module -> {
                scope.put(module.name(), module.namespace());
                return module.name();
            });
            return new XmlElement(info.namespace(), info.name(), scope, List.of(), List.of(), text);
        }
        if (info.value() instanceof Identity identity) {
            var prefix = identity.module().prefix();
            var scope = Map.of(prefix, identity.module().namespace());
            var text = prefix + ":" + identity.name();
            return new XmlElement(info.namespace(), info.name(), scope, List.of(), List.of(), text);
        }
        return XmlElement.leaf(info.namespace(), info.name(), info.value().toString());
    }

    /** An error without path or info. */
    public static RpcError of(String type, String tag, String message) {
        return new RpcError(type, tag, Severity.ERROR, null, null, Map.of(), message, List.of());
    }

    /** The error of an rpc that came without a message-id (RFC 6241 Appendix A, missing-attribute). */
    public static RpcError missingMessageId() {
        return of(YangError.of(Failure.MISSING_ATTRIBUTE, "rpc: attribute 'message-id' is missing")
                .withInfo(ErrorInfo.badAttribute("message-id"), ErrorInfo.badElement("rpc")));
    }

    /** Reads an rpc-error element; missing parts get the most general value. */
    public static RpcError of(XmlElement element) {
        var path = element.child(BASE, "error-path");
        var warning = element.childText(BASE, "error-severity").orElse("").equals("warning");
        return new RpcError(
                element.childText(BASE, "error-type").orElse("application"),
                element.childText(BASE, "error-tag").orElse("operation-failed"),
                warning ? Severity.WARNING : Severity.ERROR,
                element.childText(BASE, "error-app-tag").orElse(null),
                path.map(p -> p.text().strip()).orElse(null),
                path.map(XmlElement::scope).orElse(Map.of()),
                element.childText(BASE, "error-message").orElse(null),
                element.child(BASE, "error-info").map(XmlElement::children).orElse(List.of()));
    }

    public XmlElement toXml() {
        var parts = new ArrayList<XmlElement>();
        parts.add(XmlElement.leaf(BASE, "error-type", type));
        parts.add(XmlElement.leaf(BASE, "error-tag", tag));
        parts.add(XmlElement.leaf(BASE, "error-severity", severity == Severity.WARNING ? "warning" : "error"));
        if (appTag != null) {
            parts.add(XmlElement.leaf(BASE, "error-app-tag", appTag));
        }
        if (path != null) {
            parts.add(new XmlElement(BASE, "error-path", pathPrefixes, List.of(), List.of(), path));
        }
        if (message != null) {
            parts.add(XmlElement.leaf(BASE, "error-message", message)
                    .with(new XmlAttribute("http://www.w3.org/XML/1998/namespace", "lang", "en")));
        }
        if (!info.isEmpty()) {
            parts.add(new XmlElement(BASE, "error-info", Map.of(), List.of(), info, ""));
        }
        return new XmlElement(BASE, "rpc-error", Map.of(), List.of(), parts, "");
    }

    /** One line: tag, path and message as far as there. */
    public String summary() {
        return tag + (path == null ? "" : " at " + path) + (message == null ? "" : ": " + message);
    }
}
