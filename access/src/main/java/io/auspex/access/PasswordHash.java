package io.auspex.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * A crypt hash of a password by SHA-256 ({@code $5$}) or SHA-512 ({@code $6$}) as the module iana-crypt-hash has it
 * (RFC 7317 §4); MD5 ({@code $1$}) is not taken.
 */
public final class PasswordHash {
    /** Most rounds of a hash that are computed; a hash with more fits no password. */
    static final int MAX_ROUNDS = 200_000;

    private static final Pattern FORM = Pattern.compile(
            "(\\$(5|6)\\$(?:rounds=([1-9][0-9]{3,8})\\$)?[a-zA-Z0-9./]{1,16})\\$([a-zA-Z0-9./]{43}|[a-zA-Z0-9./]{86})");
    private static final String CLEAR = "$0$";
    private static final String SALT = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String salt;
    private final boolean sha512;
    private final byte[] whole;

    private PasswordHash(String salt, boolean sha512, String whole) {
        this.salt = salt;
        this.sha512 = sha512;
        this.whole = whole.getBytes(StandardCharsets.US_ASCII);
    }

    /** The hash of a stored value; empty for all that cannot be checked: other methods, too many rounds, clear text. */
    public static Optional<PasswordHash> parse(Secret stored) {
        var form = FORM.matcher(stored.reveal());
        if (!form.matches()) {
            return Optional.empty();
        }
        var rounds = form.group(3);
        if (rounds != null && Integer.parseInt(rounds) > MAX_ROUNDS) {
            return Optional.empty();
        }
        var sha512 = form.group(2).equals("6");
        return form.group(4).length() == (sha512 ? 86 : 43)
                ? Optional.of(new PasswordHash(form.group(1), sha512, stored.reveal()))
                : Optional.empty();
    }

    /**
     * A new {@code $6$} hash with a random salt.
     *
     * @param password in UTF-8
     * @throws IllegalArgumentException when it is empty, has more than 1,024 bytes, a NUL, or is no UTF-8
     */
    public static Secret of(byte[] password) {
        var prepared = PasswordText.prepared(password)
                .orElseThrow(() -> new IllegalArgumentException("a password has 1 to " + PasswordText.MAX_BYTES
                        + " bytes of UTF-8 and no NUL; got " + password.length + " bytes"));
        var text = new StringBuilder("$6$");
        for (var i = 0; i < 16; i++) {
            text.append(SALT.charAt(RANDOM.nextInt(SALT.length())));
        }
        return new Secret(Sha2Crypt.sha512Crypt(prepared, text.toString()));
    }

    /**
     * What is stored for a value that a client sent: {@code $0$} and clear text becomes a hash (RFC 7317 §4), all else
     * stays as it is.
     *
     * @throws IllegalArgumentException when the clear text is no password
     */
    public static Secret stored(Secret received) {
        return received.reveal().startsWith(CLEAR)
                ? of(received.reveal().substring(CLEAR.length()).getBytes(StandardCharsets.UTF_8))
                : received;
    }

    /** True when the password, in its prepared form, is the one hashed; takes the same time when it is not. */
    boolean matches(byte[] prepared) {
        var own = prepared.clone();
        var computed = sha512 ? Sha2Crypt.sha512Crypt(own, salt) : Sha2Crypt.sha256Crypt(own, salt);
        return MessageDigest.isEqual(whole, computed.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "***";
    }
}
