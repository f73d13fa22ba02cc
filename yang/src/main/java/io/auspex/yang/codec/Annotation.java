package io.auspex.yang.codec;

import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.ModuleInfo;

/**
 * One piece of metadata on a node (RFC 7952), such as ietf-netconf-with-defaults:default or ietf-origin:origin.
 *
 * @param module that defines the annotation
 * @param value as {@link io.auspex.yang.schema.Values} says: a Boolean, String, Long or Identity
 */
public record Annotation(ModuleInfo module, String name, Object value) {
    private static final ModuleInfo WITH_DEFAULTS = new ModuleInfo(
            "ietf-netconf-with-defaults", "urn:ietf:params:xml:ns:netconf:default:1.0", "wd", "2011-06-01");

    /** Says that the value is the schema's default (RFC 6243 §6, RFC 8040 §4.8.9); its XML namespace is not a module's. */
    public static final Annotation DEFAULT = new Annotation(WITH_DEFAULTS, "default", true);

    /** Says where a node of operational state comes from (RFC 8342 §5.3.4). */
    public static Annotation origin(Identity origin) {
        return new Annotation(origin.module(), "origin", origin);
    }

    String qualifiedName() {
        return module.name() + ":" + name;
    }
}
