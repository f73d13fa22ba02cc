package io.auspex.yang.schema;

import org.jspecify.annotations.Nullable;

/**
 * One YANG module of the model context (RFC 7950 §7.1).
 *
 * @param name module name, unique in the context
 * @param namespace XML namespace
 * @param prefix the module's own prefix
 * @param revision newest revision date, absent for a module without one
 */
public record ModuleInfo(
        String name,
        String namespace,
        String prefix,
        @Nullable String revision) {
    @Override
    public String toString() {
        return revision == null ? name : name + "@" + revision;
    }
}
