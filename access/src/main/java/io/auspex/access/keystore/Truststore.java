package io.auspex.access.keystore;

import io.auspex.access.certificate.TrustAnchors;
import io.auspex.yang.data.Placed;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.Binary;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The bags of certificates in force: those of the configuration, and those that the server has by itself (RFC 9641 §3). */
public final class Truststore {
    private final Map<String, TrustAnchors> bags;

    private Truststore(Map<String, TrustAnchors> bags) {
        this.bags = bags;
    }

    /**
     * The bags of a configuration.
     *
     * @param builtIn those of the server, by name; whatever bag has the name of one has its revocation lists
     * @param errors told each certificate that cannot be used
     */
    public static Truststore of(Placed root, Map<String, TrustAnchors> builtIn, Consumer<YangError> errors) {
        var bags = new HashMap<>(builtIn);
        root.top("ietf-truststore", "truststore")
                .flatMap(t -> t.inner("certificate-bags"))
                .ifPresent(all -> all.entries("certificate-bag").forEach(bag -> {
                    var name = bag.text("name");
                    var read = definition(bag, errors);
                    var own = builtIn.get(name);
                    var same = own != null && own.certificates().equals(read.certificates());
                    bags.put(name, own == null ? read : same ? own : read.withRevocationsOf(own));
                }));
        return new Truststore(bags);
    }

    public Optional<TrustAnchors> bag(String name) {
        return Optional.ofNullable(bags.get(name));
    }

    /** The certificates that a node lists, be it an entry of the truststore or inline. */
    public static TrustAnchors definition(Placed node, Consumer<YangError> errors) {
        var found = new HashSet<X509Certificate>();
        for (var entry : node.entries("certificate")) {
            try {
                var cms = (Binary) entry.value("cert-data").orElseThrow();
                found.addAll(Certificates.of(cms.bytes()));
            } catch (GeneralSecurityException e) {
                Keystore.wrong(entry, "cert-data", e, errors);
            }
        }
        return TrustAnchors.of(found);
    }
}
