package io.auspex.devicesimulator;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/** The one user of a simulated device. */
final class DeviceLogin implements Authenticator {
    private final String user;
    private final byte[] password;
    private volatile boolean refusing;

    DeviceLogin(String user, String password) {
        this.user = user;
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    void refuse(boolean on) {
        refusing = on;
    }

    @Override
    public Authentication authenticate(String name, byte[] given, String source) {
        return !refusing && name.equals(user) && MessageDigest.isEqual(password, given)
                ? new Authentication.Accepted(new Principal(name, Set.of(), source))
                : new Authentication.Rejected();
    }

    @Override
    public Authentication authenticateKey(String name, byte[] keyData, String source) {
        return new Authentication.Rejected();
    }
}
