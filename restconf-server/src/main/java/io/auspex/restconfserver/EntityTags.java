package io.auspex.restconfserver;

import java.util.Optional;

/** Entity-tags: the version of the resource, the encoding, and the parameters where there are any (RFC 8040 §3.5.2). */
final class EntityTags {
    private EntityTags() {}

    static String of(long version, Encoding encoding, String variant) {
        return "\"" + Long.toString(version, 36) + "-" + (encoding == Encoding.JSON ? "j" : "x")
                + (variant.isEmpty() ? "" : "-" + variant) + "\"";
    }

    /** The version in a strong tag of this server; empty for any other. */
    static Optional<Long> version(String tag) {
        var dash = tag.indexOf('-');
        if (!tag.startsWith("\"") || !tag.endsWith("\"") || dash < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(tag.substring(1, dash), 36));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
