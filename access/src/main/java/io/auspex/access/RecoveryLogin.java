package io.auspex.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets user {@value #USER} into the recovery session (RFC 8341 §3.2.8), from loopback only and only while the file
 * {@code recovery-password} in the data folder holds that password, readable by nobody but the server's account.
 */
public final class RecoveryLogin implements Authenticator {
    /** The user name that asks for the recovery session; from loopback no ordinary user of this name can log in. */
    public static final String USER = "recovery";

    private static final int SHORTEST = 16;
    private static final Set<PosixFilePermission> ALLOWED =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Authenticator others;
    private final Path file;
    private final Audit audit;

    /**
     * Adds the recovery session to an authenticator.
     *
     * @param others asked for every other user
     */
    public RecoveryLogin(Authenticator others, Path dataDirectory, Audit audit) {
        this.others = others;
        this.file = dataDirectory.resolve("recovery-password");
        this.audit = audit;
    }

    @Override
    public Authentication authenticate(String user, byte[] password, String source) {
        if (!user.equals(USER) || !PeerAddress.isLoopback(source)) {
            return others.authenticate(user, password, source);
        }
        if (!isRight(password)) {
            // The others do not know this user or its password; asked, they count the failure and take their time.
            var answer = others.authenticate(user, password, source);
            return answer instanceof Authentication.Accepted ? new Authentication.Rejected() : answer;
        }
        audit.note(new AuditEvent.LoggedIn(user, source, "recovery file"));
        return new Authentication.Accepted(new Principal(USER, Set.of(), source, true));
    }

    @Override
    public Optional<Authentication> authenticateNow(String user, byte[] password, String source) {
        return user.equals(USER) ? Optional.empty() : others.authenticateNow(user, password, source);
    }

    @Override
    public Authentication authenticateKey(String user, byte[] keyData, String source) {
        return user.equals(USER) ? new Authentication.Rejected() : others.authenticateKey(user, keyData, source);
    }

    @Override
    public void provedKey(String user, byte[] keyData, String source) {
        others.provedKey(user, keyData, source);
    }

    @Override
    public void refusedKeys(String user, List<byte[]> keys, String source) {
        others.refusedKeys(user, keys, source);
    }

    private boolean isRight(byte[] password) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(file) > PasswordText.MAX_BYTES + 2
                    || !ALLOWED.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
                return false;
            }
            var wanted = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            return wanted.length >= SHORTEST && MessageDigest.isEqual(wanted, password);
        } catch (IOException e) {
            return false;
        }
    }
}
