package io.auspex.yang.xpath;

import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import java.util.Map;
import java.util.Optional;

/** Resolves the prefixes of an expression. */
@FunctionalInterface
public interface XPathNames {
    /**
     * The module of a prefix. Asked with the empty prefix for a name without one; when that is empty, such a name is of the
     * module of its parent node, else the only one of that name there.
     */
    Optional<ModuleInfo> module(String prefix);

    /** Module names as prefixes, as RESTCONF has them (RFC 8040 §4.8.4). */
    static XPathNames moduleNames(ModelContext model) {
        return model::module;
    }

    /** XML namespace prefixes, as NETCONF has them (RFC 6241 §8.9.5.1). */
    static XPathNames namespaces(ModelContext model, Map<String, String> namespaceOfPrefix) {
        var copy = Map.copyOf(namespaceOfPrefix);
        return prefix -> {
            var namespace = prefix.isEmpty() ? null : copy.get(prefix);
            return namespace == null ? Optional.empty() : model.moduleOfNamespace(namespace);
        };
    }
}
