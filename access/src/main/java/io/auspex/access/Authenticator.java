package io.auspex.access;

import java.util.List;
import java.util.Optional;

/** Tells whether someone is who they claim to be; both northbound servers ask it. */
public interface Authenticator {
    /**
     * Checks a password. May wait for a turn, so it is called on a virtual thread, never on an event loop.
     *
     * @param user as sent by the peer
     * @param password in UTF-8; the caller may wipe it afterwards
     * @param source transport and address of the peer, as in {@link Principal#source()}
     */
    Authentication authenticate(String user, byte[] password, String source);

    /**
     * As {@link #authenticate}, when that needs neither to wait nor to compute a password hash; may be called on an event
     * loop.
     *
     * @return empty when only {@link #authenticate} can tell
     */
    default Optional<Authentication> authenticateNow(String user, byte[] password, String source) {
        return Optional.empty();
    }

    /**
     * Tells whether a user may log in with a public key. That the peer has the private key is for the caller to prove.
     *
     * @param keyData the key in the form of the SSH protocol (RFC 4253 §6.6)
     */
    Authentication authenticateKey(String user, byte[] keyData, String source);

    /**
     * Told when a peer went away that had not logged in, and that {@link #authenticateKey} let in with none of its keys. A peer
     * shows its keys one after the other to find out which is known: none of them is a login that fails.
     *
     * @param keys as there, some of them
     */
    default void refusedKeys(String user, List<byte[]> keys, String source) {}

    /**
     * Told when a user whom {@link #authenticateKey} let in has proven to have the private key.
     *
     * @param keyData as there
     */
    default void provedKey(String user, byte[] keyData, String source) {}
}
