package io.auspex.netconfsouthbound;

import java.util.Optional;

/** Where keys pinned on first use are kept; called from session threads, must not block for long. */
public interface HostKeyStore {
    /** The key pinned for a device, as given to {@link #pin}. */
    Optional<String> pinned(String device);

    /**
     * Remembers the key that a device showed on its first connection.
     *
     * @param openSshKey one line of an OpenSSH public key file, without comment
     */
    void pin(String device, String openSshKey);

    /** The key that a device shows now, whether it is the pinned one or not. */
    default void seen(String device, String openSshKey) {}
}
