package io.auspex.yang.schema;

import java.util.Set;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * An identity (RFC 7950 §7.18); one instance per identity of the context.
 *
 * <p>Equality is by module and name; {@link #ancestors()} is transitive and excludes the identity itself.
 */
public final class Identity {
    private final ModuleInfo module;
    private final String name;
    private final SerializableString encodedName;
    private Set<Identity> ancestors = Set.of();

    Identity(ModuleInfo module, String name) {
        this.module = module;
        this.name = name;
        this.encodedName = new SerializedString(module.name() + ":" + name);
        encodedName.asQuotedUTF8();
    }

    void ancestors(Set<Identity> all) {
        ancestors = Set.copyOf(all);
    }

    public ModuleInfo module() {
        return module;
    }

    public String name() {
        return name;
    }

    /** All identities that this one is derived from, at any distance. */
    public Set<Identity> ancestors() {
        return ancestors;
    }

    /** True when this identity is derived from {@code base}; not true of {@code base} itself. */
    public boolean derivedFrom(Identity base) {
        return ancestors.contains(base);
    }

    /** The same as {@link #toString()}, encoded once. */
    public SerializableString encodedName() {
        return encodedName;
    }

    /** The module-qualified name of RFC 7951 §6.8, which is also the canonical form here. */
    @Override
    public String toString() {
        return encodedName.getValue();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Identity other
                && name.equals(other.name)
                && module.name().equals(other.module.name());
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + module.name().hashCode();
    }
}
