package io.auspex.netconfsouthbound;

import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.jspecify.annotations.Nullable;

/** Compares the key that a device shows with the pinned one, during one connection attempt (RFC 4251 §4.1). */
final class HostKeyCheck {
    private final DeviceConfig config;
    private final HostKeyStore store;
    private volatile @Nullable String shown;
    private volatile @Nullable String refusal;

    HostKeyCheck(DeviceConfig config, HostKeyStore store) {
        this.config = config;
        this.store = store;
    }

    DeviceConfig config() {
        return config;
    }

    /** Called by the key exchange, before any login. */
    boolean verify(PublicKey key) {
        var line = PublicKeyEntry.toString(key);
        var fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        shown = line;
        store.seen(config.name(), line);
        var expected = config.hostKey();
        if (expected == null) {
            expected = store.pinned(config.name()).orElse(null);
        }
        if (expected == null || matches(expected.strip(), line, fingerprint)) {
            return true;
        }
        refusal = "the device showed host key " + fingerprint + ", pinned is " + describe(expected.strip());
        return false;
    }

    /** Pins the key of a first connection; called after the login, so that no stranger is remembered. */
    void pinIfFirst() {
        var line = shown;
        if (line != null
                && config.hostKey() == null
                && store.pinned(config.name()).isEmpty()) {
            store.pin(config.name(), line);
        }
    }

    /** Why the key was refused; null when it was not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    private static boolean matches(String expected, String line, String fingerprint) {
        if (expected.startsWith("SHA256:")) {
            return expected.equals(fingerprint);
        }
        return line.equals(typeAndKey(expected));
    }

    private static String typeAndKey(String line) {
        var parts = line.split("\\s+", 3);
        return parts.length < 2 ? line : parts[0] + " " + parts[1];
    }

    private static String describe(String expected) {
        if (expected.startsWith("SHA256:")) {
            return expected;
        }
        try {
            var key = PublicKeyEntry.parsePublicKeyEntry(expected).resolvePublicKey(null, null, null);
            return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        } catch (Exception e) {
            return "not a readable key";
        }
    }
}
