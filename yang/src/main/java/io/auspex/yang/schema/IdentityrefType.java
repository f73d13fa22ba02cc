package io.auspex.yang.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The type identityref (RFC 7950 §9.10).
 *
 * @param bases a value is derived from each of them
 * @param known every identity of the context by {@code module:name}
 * @param home the module that defines the leaf, whose identities JSON may leave unqualified (RFC 7951 §6.8)
 */
public record IdentityrefType(List<Identity> bases, Map<String, Identity> known, ModuleInfo home) implements ValueType {
    public IdentityrefType {
        bases = List.copyOf(bases);
    }

    @Override
    public String name() {
        return "identityref";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        var colon = text.indexOf(':');
        var prefix = colon < 0 ? "" : text.substring(0, colon);
        var module = prefixes.module(prefix).map(ModuleInfo::name).orElse(colon < 0 ? home.name() : "");
        var identity = known.get(colon > 0 && module.equals(prefix) ? text : module + ":" + text.substring(colon + 1));
        if (identity == null || !accepts(identity)) {
            throw new InvalidValueException("'" + Text.shown(text) + "' is no identity derived from "
                    + bases.stream().map(Identity::toString).collect(Collectors.joining(" and ")));
        }
        return identity;
    }

    @Override
    public boolean accepts(Object value) {
        if (!(value instanceof Identity identity)) {
            return false;
        }
        for (var base : bases) {
            if (!identity.derivedFrom(base)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }
}
