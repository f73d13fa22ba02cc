package io.auspex.netconfprotocol;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The capabilities of one side of a session, in the order sent (RFC 6241 §8.1). */
public record Capabilities(Set<Capability> all) {
    public Capabilities {
        all = Collections.unmodifiableSet(new LinkedHashSet<>(all));
    }

    public static Capabilities of(Capability... capabilities) {
        return new Capabilities(new LinkedHashSet<>(List.of(capabilities)));
    }

    public static Capabilities of(Collection<String> uris) {
        return new Capabilities(
                uris.stream().map(Capability::new).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** Whether a capability of that base URI is there, with whatever parameters. */
    public boolean has(Capability capability) {
        return find(capability.base()).isPresent();
    }

    /** The capability of that base URI. */
    public Optional<Capability> find(String base) {
        return all.stream().filter(c -> c.base().equals(base)).findFirst();
    }

    /** The modules announced as capabilities; a device with YANG 1.1 may have more in its YANG library. */
    public Set<YangModule> modules() {
        var modules = new LinkedHashSet<YangModule>();
        for (var capability : all) {
            capability
                    .parameter("module")
                    .ifPresent(name -> modules.add(new YangModule(
                            capability.base(),
                            name,
                            capability.parameter("revision").orElse(null))));
        }
        return modules;
    }

    /**
     * The framing that two sides use after their hellos: chunked if both have base:1.1 (RFC 6242 §4.1).
     *
     * @throws ProtocolException no base version in common (RFC 6241 §8.1)
     */
    public Framing framingWith(Capabilities peer) throws ProtocolException {
        if (has(Capability.BASE_1_1) && peer.has(Capability.BASE_1_1)) {
            return Framing.CHUNKED;
        }
        if (has(Capability.BASE_1_0) && peer.has(Capability.BASE_1_0)) {
            return Framing.END_OF_MESSAGE;
        }
        throw new ProtocolException(
                ProtocolException.Reason.UNEXPECTED_MESSAGE, "hello: no base version in common with the peer");
    }
}
