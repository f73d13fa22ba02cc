package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;

import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations that a client sends to a device, as elements for {@link NetconfClientSession#call}. */
public final class DeviceOperations {
    private DeviceOperations() {}

    /** Configuration and state (RFC 6241 §7.7); all of it without a filter. */
    public static XmlElement get(@Nullable XmlElement filter) {
        return filter == null ? XmlElement.of(BASE, "get") : XmlElement.of(BASE, "get", filter);
    }

    /**
     * Configuration of one datastore (RFC 6241 §7.1).
     *
     * @param datastore {@code running}, {@code candidate} or {@code startup}
     */
    public static XmlElement getConfig(String datastore, @Nullable XmlElement filter) {
        var source = XmlElement.of(BASE, "source", XmlElement.of(BASE, datastore));
        return filter == null
                ? XmlElement.of(BASE, "get-config", source)
                : XmlElement.of(BASE, "get-config", source, filter);
    }

    /** RFC 6241 §6. */
    public static XmlElement subtreeFilter(XmlElement... selections) {
        return XmlElement.of(BASE, "filter", selections).with(new XmlAttribute("", "type", "subtree"));
    }

    /**
     * For devices with the capability xpath only (RFC 6241 §8.9).
     *
     * @param prefixes prefix to namespace
     */
    public static XmlElement xpathFilter(String select, Map<String, String> prefixes) {
        return new XmlElement(
                BASE,
                "filter",
                prefixes,
                List.of(new XmlAttribute("", "type", "xpath"), new XmlAttribute("", "select", select)),
                List.of(),
                "");
    }

    /** The text of a YANG module (RFC 6022 §3.1), in the reply's single {@code data} element. */
    public static XmlElement getSchema(String module, @Nullable String revision) {
        var identifier = XmlElement.leaf(MONITORING, "identifier", module);
        var format = XmlElement.leaf(MONITORING, "format", "yang");
        return revision == null
                ? XmlElement.of(MONITORING, "get-schema", identifier, format)
                : XmlElement.of(
                        MONITORING, "get-schema", identifier, XmlElement.leaf(MONITORING, "version", revision), format);
    }
}
