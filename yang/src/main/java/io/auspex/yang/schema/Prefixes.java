package io.auspex.yang.schema;

import java.util.Optional;

/**
 * Resolves the prefixes inside of a value: XML namespace prefixes in XML (RFC 7950 §9.10.3), module names in JSON
 * (RFC 7951 §6.8).
 */
@FunctionalInterface
public interface Prefixes {
    /** The module that a prefix stands for; the empty prefix is asked for a name without one. */
    Optional<ModuleInfo> module(String prefix);
}
