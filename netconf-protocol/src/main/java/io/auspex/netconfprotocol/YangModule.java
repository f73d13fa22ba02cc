package io.auspex.netconfprotocol;

import org.jspecify.annotations.Nullable;

/**
 * A YANG module that a peer says it implements, by capability (RFC 6020 §5.6.4) or YANG library (RFC 8525).
 *
 * @param revision {@code YYYY-MM-DD}; null when the peer names none
 */
public record YangModule(
        String namespace, String name, @Nullable String revision) {}
