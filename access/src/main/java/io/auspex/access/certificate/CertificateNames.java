package io.auspex.access.certificate;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes user names of certificates as {@code /auspex-access:client-certificates} of the running configuration says
 * (RFC 7407 §4.1, RFC 7589 §7).
 */
public final class CertificateNames {
    private final Optional<SchemaNode> schema;
    private final Supplier<? extends InnerNode> running;
    private volatile Compiled compiled = new Compiled(null, List.of());

    /** The entries in their order, of one state of the configuration. */
    private record Compiled(@Nullable Object of, List<CertToName> entries) {}

    /** @param running gives the root of the running configuration of the moment */
    public CertificateNames(ModelContext model, Supplier<? extends InnerNode> running) {
        schema = model.root().child("auspex-access", "client-certificates");
        this.running = running;
    }

    /**
     * The name of the user that shows a certificate.
     *
     * @param path its validated path, the certificate itself first
     */
    public Optional<String> user(List<X509Certificate> path) {
        return entries().stream()
                .filter(e -> e.isFor(path))
                .flatMap(e -> e.name(path.getFirst()).stream())
                .findFirst();
    }

    private List<CertToName> entries() {
        var node = schema.map(s -> running.get().child(s)).orElse(null);
        var known = compiled;
        if (known.of() != node) {
            known = new Compiled(node, node instanceof InnerNode container ? read(container) : List.of());
            compiled = known;
        }
        return known.entries();
    }

    private static List<CertToName> read(InnerNode container) {
        return container
                .list("cert-to-name")
                .map(list -> StreamSupport.stream(list.spliterator(), false)
                        .sorted(Comparator.comparing(e -> (Long) e.value("id").orElseThrow()))
                        .map(CertificateNames::entry)
                        .toList())
                .orElse(List.of());
    }

    private static CertToName entry(InnerNode entry) {
        return CertToName.of(
                entry.value("fingerprint").orElseThrow().toString(),
                entry.value("map-type").orElseThrow().toString(),
                entry.value("name").map(Object::toString).orElse(null));
    }
}
