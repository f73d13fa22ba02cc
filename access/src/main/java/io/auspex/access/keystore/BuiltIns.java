package io.auspex.access.keystore;

import io.auspex.access.certificate.TrustAnchors;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.Placed;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys and trust anchors that the server has by itself (RFC 9642 §3, RFC 9641 §3): configuration of origin system, in the
 * operational datastore alone.
 *
 * @param keys by name; asked for each time, since files change
 * @param bags the certificates that clients' have to lead to, by name
 */
public record BuiltIns(
        ModelContext model, Supplier<Map<String, AsymmetricKey>> keys, Supplier<Map<String, TrustAnchors>> bags) {
    /** The keystore in force with a configuration. */
    public Keystore keystore(InnerNode running, Consumer<YangError> errors) {
        return Keystore.of(Placed.root(running), keys.get(), errors);
    }

    /** The truststore in force with a configuration. */
    public Truststore truststore(InnerNode running, Consumer<YangError> errors) {
        return Truststore.of(Placed.root(running), bags.get(), errors);
    }

    /** The top-level nodes that it has something in. */
    public Set<SchemaNode> roots() {
        return Stream.of(
                        model.root().child("ietf-keystore", "keystore"),
                        model.root().child("ietf-truststore", "truststore"))
                .flatMap(java.util.Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is shown beside a configuration: all but what that defines by itself. */
    public TreeNode state(InnerNode running) {
        var configured = Placed.root(running);
        Set<Object> defined = names(
                configured,
                "ietf-keystore",
                "keystore",
                "asymmetric-key",
                e -> e.value("hidden-private-key").isEmpty());
        Set<Object> bagged = names(configured, "ietf-truststore", "truststore", "certificate-bag", _ -> true);
        return NodeBuilder.node(model.root(), root -> {
            root.container(
                    "ietf-keystore:keystore",
                    store -> store.container(
                            "asymmetric-keys",
                            all -> keys.get().forEach((name, key) -> {
                                if (!defined.contains(name)) {
                                    all.entry("asymmetric-key", entry -> key(entry, name, key));
                                }
                            })));
            root.container(
                    "ietf-truststore:truststore",
                    store -> store.container(
                            "certificate-bags",
                            all -> bags.get().forEach((name, bag) -> {
                                if (!bagged.contains(name)) {
                                    all.entry("certificate-bag", entry -> bag(entry, name, bag));
                                }
                            })));
        });
    }

    private static Set<Object> names(Placed root, String module, String store, String list, Predicate<Placed> which) {
        return root.top(module, store)
                .flatMap(s -> s.inner(list + "s"))
                .map(all -> all.entries(list).stream()
                        .filter(which)
                        .map(e -> e.value("name").orElseThrow())
                        .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    private void key(NodeBuilder entry, String name, AsymmetricKey key) {
        var format = key.publicKeyFormat();
        entry.leaf("name", name)
                .leaf("public-key-format", model.identity(format.identity()))
                .leaf("public-key", new Binary(format.encode(key.pair().getPublic())))
                .leaf("hidden-private-key", Empty.VALUE);
        if (!key.certificates().isEmpty()) {
            entry.container(
                    "certificates",
                    all -> key.certificates()
                            .forEach((certificate, chain) -> all.entry(
                                    "certificate",
                                    e -> e.leaf("name", certificate).leaf("cert-data", cms(chain)))));
        }
    }

    private static void bag(NodeBuilder entry, String name, TrustAnchors bag) {
        entry.leaf("name", name);
        var sorted = bag.certificates().stream()
                .sorted(Comparator.comparing(c -> c.getSubjectX500Principal().getName() + c.getSerialNumber()))
                .toList();
        for (var i = 0; i < sorted.size(); i++) {
            var number = Integer.toString(i + 1);
            var certificate = sorted.get(i);
            entry.entry("certificate", e -> e.leaf("name", number).leaf("cert-data", cms(List.of(certificate))));
        }
    }

    private static Binary cms(List<X509Certificate> certificates) {
        return new Binary(Certificates.cms(certificates));
    }
}
