package io.auspex.netconfserver.configuration;

import io.auspex.access.certificate.CertificateNames;
import io.auspex.access.certificate.TrustAnchors;
import io.auspex.access.keystore.AsymmetricKey;
import io.auspex.access.keystore.Keystore;
import io.auspex.access.keystore.Truststore;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.netconfserver.ssh.SshEndpoint;
import io.auspex.netconfserver.tls.TlsEndpoint;
import io.auspex.yang.data.Placed;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.DataPath;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the transport of one endpoint: the groupings of ietf-ssh-server (RFC 9644 §4) and ietf-tls-server (RFC 9645 §4). */
final class TransportReader {
    private static final String REFERENCE = "central-keystore-reference";

    private final Keystore keys;
    private final Truststore anchors;
    private final ClientLogins logins;
    private final Consumer<YangError> errors;
    private String first = "";

    TransportReader(Keystore keys, Truststore anchors, ClientLogins logins, Consumer<YangError> errors) {
        this.keys = keys;
        this.anchors = anchors;
        this.logins = logins;
        this.errors = e -> {
            first = first.isEmpty() ? e.message() : first;
            errors.accept(e);
        };
    }

    /** What is wrong is told as well. */
    TransportSettings read(Placed endpoint, Duration idle) {
        first = "";
        var found = endpoint.inner("ssh")
                .map(ssh -> ssh(ssh, idle))
                .orElseGet(() -> tls(endpoint.inner("tls").orElseThrow(), idle));
        return found.orElseGet(() -> new TransportSettings.Unusable(first));
    }

    private Optional<TransportSettings> ssh(Placed ssh, Duration idle) {
        var parameters = ssh.inner("ssh-server-parameters");
        var hostKeys = new ArrayList<KeyPair>();
        parameters
                .flatMap(p -> p.inner("server-identity"))
                .ifPresent(identity ->
                        identity.entries("host-key").forEach(k -> hostKey(k).ifPresent(hostKeys::add)));
        if (hostKeys.isEmpty()) {
            return wrong(
                    ssh.path(),
                    "an SSH server needs a host key: got none that can be used, expected one in"
                            + " ssh-server-parameters/server-identity/host-key");
        }
        var algorithms = parameters.flatMap(p -> p.inner("transport-params"));
        try {
            var chosen = SshAlgorithms.named(
                    names(algorithms, "host-key", "host-key-alg"),
                    names(algorithms, "key-exchange", "key-exchange-alg"),
                    names(algorithms, "encryption", "encryption-alg"),
                    names(algorithms, "mac", "mac-alg"));
            return Optional.of(new TransportSettings.Ssh(new SshEndpoint(() -> hostKeys, chosen, idle)));
        } catch (IllegalArgumentException e) {
            return wrong(algorithms.orElse(ssh).path(), "" + e.getMessage());
        }
    }

    private static List<String> names(Optional<Placed> parameters, String kind, String leafList) {
        return parameters
                .flatMap(p -> p.inner(kind))
                .map(k -> k.values(leafList).stream().map(Object::toString).toList())
                .orElseGet(List::of);
    }

    private Optional<KeyPair> hostKey(Placed entry) {
        var holder = entry.inner("public-key").orElseThrow();
        var inline = holder.inner("inline-definition");
        var key = inline.isPresent()
                ? Keystore.definition(inline.get(), errors)
                : key(holder.at(REFERENCE), holder.text(REFERENCE));
        try {
            return key.isPresent() ? Optional.of(HostKeys.usable(key.get().pair())) : Optional.empty();
        } catch (GeneralSecurityException e) {
            return wrong(holder.path(), "" + e.getMessage());
        }
    }

    private Optional<AsymmetricKey> key(DataPath where, String name) {
        return keys.key(name).or(() -> wrong(where, "there is no usable key '" + name + "' in the keystore"));
    }

    private Optional<TransportSettings> tls(Placed tls, Duration idle) {
        var parameters = tls.inner("tls-server-parameters");
        var certificate = parameters.flatMap(p -> p.inner("server-identity", "certificate"));
        var trusted = parameters.flatMap(p -> p.inner("client-authentication")).flatMap(this::anchors);
        if (certificate.isEmpty()) {
            return wrong(
                    tls.path(),
                    "a TLS server needs a certificate: got none, expected"
                            + " tls-server-parameters/server-identity/certificate");
        }
        if (trusted.isEmpty()) {
            return wrong(
                    tls.path(),
                    "clients of NETCONF over TLS show a certificate (RFC 7589): got nothing to trust it by,"
                            + " expected ca-certs or ee-certs in tls-server-parameters/client-authentication");
        }
        var mappings = tls.inner("netconf-server-parameters", "client-identity-mappings");
        if (mappings.isEmpty()) {
            return wrong(
                    tls.path(),
                    "a client's certificate yields no user (RFC 7589 §7): got no cert-to-name, expected"
                            + " one in netconf-server-parameters/client-identity-mappings");
        }
        var check = logins.of(trusted.get(), CertificateNames.of(mappings.get(), errors));
        return identity(certificate.get()).flatMap(own -> {
            try {
                var context = TlsEndpoint.identity(own.key().pair().getPrivate(), own.chain());
                return Optional.of(new TransportSettings.Tls(new TlsEndpoint(context, check, idle)));
            } catch (GeneralSecurityException e) {
                return wrong(certificate.get().path(), "TLS cannot use it: " + e.getMessage());
            }
        });
    }

    private record Identity(AsymmetricKey key, List<X509Certificate> chain) {}

    private Optional<Identity> identity(Placed certificate) {
        var inline = certificate.inner("inline-definition");
        if (inline.isPresent()) {
            var key = Keystore.definition(inline.get(), errors);
            if (key.isPresent() && key.get().certificates().isEmpty()) {
                return wrong(inline.get().path(), "the certificate is missing, expected cert-data");
            }
            return key.map(
                    k -> new Identity(k, k.certificates().values().iterator().next()));
        }
        var reference = certificate.inner(REFERENCE).orElseThrow();
        var name = reference.text("certificate");
        return key(reference.at("asymmetric-key"), reference.text("asymmetric-key"))
                .flatMap(key -> {
                    var chain = key.certificates().get(name);
                    return chain == null
                            ? wrong(
                                    reference.at("certificate"),
                                    "the key has no usable certificate '" + name + "', it has "
                                            + key.certificates().keySet())
                            : Optional.of(new Identity(key, chain));
                });
    }

    /** The CAs that clients' certificates have to lead to, and those that are believed as they are. */
    private Optional<TrustAnchors> anchors(Placed authentication) {
        var authorities = authentication.inner("ca-certs");
        var own = authentication.inner("ee-certs").flatMap(this::bag);
        if (authorities.isEmpty()) {
            return own.map(bag -> TrustAnchors.of(Set.of()).withEndEntities(bag.certificates()));
        }
        var bag = authorities.flatMap(this::bag);
        return own.isEmpty() ? bag : bag.map(b -> b.withEndEntities(own.get().certificates()));
    }

    private Optional<TrustAnchors> bag(Placed holder) {
        var inline = holder.inner("inline-definition");
        if (inline.isPresent()) {
            return Optional.of(Truststore.definition(inline.get(), errors));
        }
        var name = holder.text("central-truststore-reference");
        return anchors.bag(name)
                .filter(b -> !b.certificates().isEmpty())
                .or(() -> wrong(
                        holder.at("central-truststore-reference"),
                        "there is no usable certificate in bag '" + name + "' of the truststore"));
    }

    private <T> Optional<T> wrong(DataPath where, String what) {
        errors.accept(YangError.of(Failure.INVALID_VALUE, where, where + ": " + what));
        return Optional.empty();
    }
}
