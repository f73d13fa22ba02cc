package io.auspex.access;

import java.util.Set;

/**
 * Who makes a request.
 *
 * @param name the user name that access control and audit know
 * @param externalGroups groups that the transport or an outside authority reported (RFC 8341 §2.1)
 * @param source where the request comes from, for the audit log: {@code restconf 127.0.0.1:51234}
 * @param recovery true in the recovery session, which access control does not restrict (RFC 8341 §3.2.8)
 */
public record Principal(String name, Set<String> externalGroups, String source, boolean recovery) {
    /** The caller of the request being served; unbound means that nothing is allowed. */
    public static final ScopedValue<Principal> CURRENT = ScopedValue.newInstance();

    public Principal {
        externalGroups = Set.copyOf(externalGroups);
    }

    /** Someone in an ordinary session. */
    public Principal(String name, Set<String> externalGroups, String source) {
        this(name, externalGroups, source, false);
    }

    /** The address in {@link #source()}, without transport and port. */
    public String host() {
        return PeerAddress.host(source);
    }
}
