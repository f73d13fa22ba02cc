package io.auspex.netconfsouthbound;

/** With what Auspex introduces itself to a device (RFC 4252). */
public sealed interface Credentials {
    String user();

    /** RFC 4252 §8. */
    record Password(String user, Secret password) implements Credentials {}

    /**
     * RFC 4252 §7.
     *
     * @param pem an OpenSSH or PKCS #8 private key without a passphrase
     */
    record PrivateKey(String user, Secret pem) implements Credentials {}
}
