package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;
import static io.auspex.netconfprotocol.NetconfNamespaces.YANG_LIBRARY;

import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.YangModule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which YANG modules a device has: those of its hello, of its YANG library (RFC 8525, RFC 7895) when it announces one, else
 * the schemas of ietf-netconf-monitoring (RFC 6022 §2.1.3).
 */
final class DeviceModules {
    private DeviceModules() {}

    /** @throws SessionException the session broke; a device that refuses to tell is taken by its hello alone */
    static Set<YangModule> learn(NetconfClientSession session) throws SessionException, InterruptedException {
        var modules = new LinkedHashSet<>(session.capabilities().modules());
        var announced = session.capabilities();
        if (announced.find(Capability.YANG_LIBRARY_1_1).isPresent()) {
            modules.addAll(implemented(get(session, XmlElement.of(YANG_LIBRARY, "yang-library"))));
        } else if (announced.find(Capability.YANG_LIBRARY_1_0).isPresent()) {
            modules.addAll(implemented(get(session, XmlElement.of(YANG_LIBRARY, "modules-state"))));
        } else if (announced.find(MONITORING).isPresent()) {
            modules.addAll(schemas(
                    get(session, XmlElement.of(MONITORING, "netconf-state", XmlElement.of(MONITORING, "schemas")))));
        }
        return modules;
    }

    private static List<XmlElement> get(NetconfClientSession session, XmlElement selection)
            throws SessionException, InterruptedException {
        var filter = XmlElement.of(BASE, "filter", selection).with(new XmlAttribute("", "type", "subtree"));
        try {
            return switch (session.call(XmlElement.of(BASE, "get", filter))) {
                case RpcReply.Data(var content, var _) ->
                    content.stream().flatMap(c -> c.children().stream()).toList();
                case RpcReply.Failed _, RpcReply.Ok _ -> List.of();
            };
        } catch (SessionException e) {
            if (e.kind() == SessionException.Kind.TIMEOUT) {
                return List.of();
            }
            throw e;
        }
    }

    private static Set<YangModule> implemented(List<XmlElement> roots) {
        var found = new LinkedHashSet<YangModule>();
        roots.stream()
                .flatMap(root -> Stream.concat(
                        root.children(YANG_LIBRARY, "module").stream()
                                .filter(m -> m.childText(YANG_LIBRARY, "conformance-type")
                                        .orElse("implement")
                                        .equals("implement")),
                        root.children(YANG_LIBRARY, "module-set").stream()
                                .flatMap(set -> set.children(YANG_LIBRARY, "module").stream())))
                .forEach(m -> {
                    var name = m.childText(YANG_LIBRARY, "name");
                    var revision = m.childText(YANG_LIBRARY, "revision").filter(r -> !r.isEmpty());
                    var namespace = m.childText(YANG_LIBRARY, "namespace");
                    if (name.isPresent() && namespace.isPresent()) {
                        found.add(new YangModule(namespace.get(), name.get(), revision.orElse(null)));
                    }
                });
        return found;
    }

    private static Set<YangModule> schemas(List<XmlElement> roots) {
        var found = new LinkedHashSet<YangModule>();
        roots.stream()
                .flatMap(root -> root.children(MONITORING, "schemas").stream())
                .flatMap(schemas -> schemas.children(MONITORING, "schema").stream())
                .forEach(schema -> {
                    var name = schema.childText(MONITORING, "identifier");
                    var revision =
                            schema.childText(MONITORING, "version").filter(r -> r.matches("\\d{4}-\\d{2}-\\d{2}"));
                    var namespace = schema.childText(MONITORING, "namespace");
                    if (name.isPresent() && namespace.isPresent()) {
                        found.add(new YangModule(namespace.get(), name.get(), revision.orElse(null)));
                    }
                });
        return found;
    }
}
