package io.auspex.yang.schema;

import org.jspecify.annotations.Nullable;

/**
 * A must constraint (RFC 7950 §7.5.3).
 *
 * @param text the expression as written in the module
 * @param prefixes those that the module binds in which it is written
 * @param compiled what evaluates it
 */
public record Must(
        String text,
        Prefixes prefixes,
        @Nullable String errorMessage,
        @Nullable String errorAppTag,
        Memo compiled) {}
