package io.auspex.restconfserver;

import io.auspex.yang.InputLimits;
import org.jspecify.annotations.Nullable;

/**
 * What the operator can set of RESTCONF.
 *
 * @param root path of {+restconf}
 * @param publicUrl scheme and authority that clients know the server by; null when that is the address it listens on
 * @param limits on request bodies
 */
public record RestconfConfig(String root, @Nullable String publicUrl, InputLimits limits) {
    public static final RestconfConfig DEFAULT = new RestconfConfig("/restconf", null, InputLimits.DEFAULT);

    public RestconfConfig {
        if (!root.startsWith("/") || root.endsWith("/")) {
            throw new IllegalArgumentException(
                    "the root of RESTCONF starts with '/' and does not end with it: " + root);
        }
    }
}
