package io.auspex.access.certificate;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Placed;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes user names of certificates as a list cert-to-name of the configuration says (RFC 7407 §4.1, RFC 7589 §7). */
public final class CertificateNames {
    private static final String LIST = "cert-to-name";

    private final Supplier<List<CertToName>> entries;

    private CertificateNames(Supplier<List<CertToName>> entries) {
        this.entries = entries;
    }

    /**
     * As {@code /auspex-access:client-certificates} of the running configuration of the moment says.
     *
     * @param running gives its root
     */
    public CertificateNames(ModelContext model, Supplier<? extends InnerNode> running) {
        this(new Latest(model.root().child("auspex-access", "client-certificates"), running));
    }

    /**
     * As the list in a node says, at that moment.
     *
     * @param errors told what cannot be used
     */
    public static CertificateNames of(Placed mappings, Consumer<YangError> errors) {
        for (var placed : mappings.entries(LIST)) {
            if (!entry(placed.node()).isUsable()) {
                var at = placed.at("fingerprint");
                errors.accept(YangError.of(
                        Failure.INVALID_VALUE,
                        at,
                        at + ": hash algorithm " + placed.text("fingerprint").substring(0, 2)
                                + " is not known here, expected 02 to 06 (SHA-1 to SHA-512)"));
            }
        }
        var read = read(mappings.node());
        return new CertificateNames(() -> read);
    }

    /** The entries of the configuration of the moment, read again when they have changed. */
    private static final class Latest implements Supplier<List<CertToName>> {
        private final Optional<SchemaNode> schema;
        private final Supplier<? extends InnerNode> running;
        private volatile Compiled compiled = new Compiled(null, List.of());

        /** The entries in their order, of one state of the configuration. */
        private record Compiled(@Nullable Object of, List<CertToName> entries) {}

        Latest(Optional<SchemaNode> schema, Supplier<? extends InnerNode> running) {
            this.schema = schema;
            this.running = running;
        }

        @Override
        public List<CertToName> get() {
            var node = schema.map(s -> running.get().child(s)).orElse(null);
            var known = compiled;
            if (known.of() != node) {
                known = new Compiled(node, node instanceof InnerNode container ? read(container) : List.of());
                compiled = known;
            }
            return known.entries();
        }
    }

    /**
     * The name of the user that shows a certificate.
     *
     * @param path its validated path, the certificate itself first
     */
    public Optional<String> user(List<X509Certificate> path) {
        return entries.get().stream()
                .filter(e -> e.isFor(path))
                .flatMap(e -> e.name(path.getFirst()).stream())
                .findFirst();
    }

    private static List<CertToName> read(InnerNode container) {
        return container
                .list(LIST)
                .map(list -> StreamSupport.stream(list.spliterator(), false)
                        .sorted(Comparator.comparing(e -> (Long) e.value("id").orElseThrow()))
                        .map(CertificateNames::entry)
                        .toList())
                .orElse(List.of());
    }

    private static CertToName entry(InnerNode entry) {
        return CertToName.of(
                entry.value("fingerprint").map(Object::toString).orElse(null),
                entry.value("map-type").orElseThrow().toString(),
                entry.value("name").map(Object::toString).orElse(null));
    }
}
