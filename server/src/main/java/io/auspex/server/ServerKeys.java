package io.auspex.server;

import io.auspex.access.WatchedFiles;
import io.auspex.access.certificate.TrustAnchors;
import io.auspex.access.keystore.AsymmetricKey;
import io.auspex.access.keystore.BuiltIns;
import io.auspex.access.keystore.PemFiles;
import io.auspex.netconfserver.configuration.NetconfDefaults;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.restconfserver.netty.TlsFiles;
import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The keys and trust anchors in files: host keys of SSH, the certificate of TLS, the CAs of clients. */
final class ServerKeys {
    private static final String HOST_KEY = "ssh-host-ed25519";
    private static final String RSA_HOST_KEY = "ssh-host-rsa";

    private final Supplier<List<KeyPair>> hostKeys;
    private final WatchedFiles<AsymmetricKey> tls;
    private final @Nullable WatchedFiles<TrustAnchors> clients;

    private ServerKeys(Config config, InstantSource clock) throws IOException {
        hostKeys = HostKeys.in(config.dataDir());
        var files = RestconfTrust.tls(config, clock);
        tls = PemFiles.watch(NetconfDefaults.TLS_KEY, files.certificate(), files.key());
        var anchors = config.tls().clientCa();
        clients =
                anchors == null ? null : TlsFiles.anchors(anchors, config.tls().clientCrl());
    }

    /** @throws IOException a file cannot be read, written or used */
    static BuiltIns of(ModelContext model, Config config, InstantSource clock) throws IOException {
        var keys = new ServerKeys(config, clock);
        return new BuiltIns(model, keys::keys, keys::bags);
    }

    private Map<String, AsymmetricKey> keys() {
        var keys = new TreeMap<String, AsymmetricKey>();
        for (var pair : hostKeys.get()) {
            keys.put(pair.getPublic() instanceof RSAPublicKey ? RSA_HOST_KEY : HOST_KEY, AsymmetricKey.ofSsh(pair));
        }
        keys.put(NetconfDefaults.TLS_KEY, tls.get());
        return keys;
    }

    private Map<String, TrustAnchors> bags() {
        return clients == null ? Map.of() : Map.of(NetconfDefaults.CLIENT_CA, clients.get());
    }
}
