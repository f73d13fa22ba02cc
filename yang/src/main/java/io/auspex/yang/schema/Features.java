package io.auspex.yang.schema;

import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.api.stmt.FeatureSet;

/** The features that this server supports (RFC 7950 §7.20.1): all of most modules, and some of others. */
final class Features {
    /** The modules of which it supports some, by name; all have the namespace that their name gives in the IETF. */
    private static final Map<String, Set<String>> SOME = Map.ofEntries(
            Map.entry(
                    "ietf-crypto-types",
                    Set.of("cleartext-private-keys", "hidden-private-keys", "one-asymmetric-key-format")),
            Map.entry("ietf-http-client", Set.of("tls-supported")),
            Map.entry("ietf-https-notif-transport", Set.of()),
            Map.entry(
                    "ietf-keystore",
                    Set.of("asymmetric-keys", "central-keystore-supported", "inline-definitions-supported")),
            Map.entry("ietf-ssh-common", Set.of("transport-params")),
            Map.entry("ietf-ssh-server", Set.of()),
            Map.entry(
                    "ietf-subscribed-notifications",
                    Set.of("configured", "encode-json", "encode-xml", "replay", "subtree", "xpath")),
            Map.entry("ietf-tcp-client", Set.of()),
            Map.entry("ietf-tcp-common", Set.of()),
            Map.entry("ietf-tcp-server", Set.of()),
            Map.entry("ietf-tls-client", Set.of("server-auth-x509-cert")),
            Map.entry("ietf-tls-common", Set.of("tls12", "tls13")),
            Map.entry(
                    "ietf-tls-server",
                    Set.of("client-auth-supported", "client-auth-x509-cert", "server-ident-x509-cert")),
            Map.entry(
                    "ietf-truststore",
                    Set.of("central-truststore-supported", "certificates", "inline-definitions-supported")));

    /** Features of the others, {@code module:feature}, that are not supported; what depends on them is refused when it is used. */
    private static final Set<String> UNSUPPORTED = Set.of("ietf-netconf:startup", "ietf-netconf:url");

    private Features() {}

    static boolean isSupported(String module, String feature) {
        var some = SOME.get(module);
        return some == null ? !UNSUPPORTED.contains(module + ":" + feature) : some.contains(feature);
    }

    /** What the compiler has to know of the modules that there are: what is not supported leaves no trace in the model. */
    static FeatureSet of(Iterable<SourceIdentifier> modules) {
        var set = FeatureSet.builder();
        for (var module : modules) {
            var name = module.name().getLocalName();
            var some = SOME.get(name);
            if (some != null) {
                set.addModuleFeatures(
                        QNameModule.of(XMLNamespace.of("urn:ietf:params:xml:ns:yang:" + name), module.revision()),
                        some);
            }
        }
        return set.build();
    }
}
