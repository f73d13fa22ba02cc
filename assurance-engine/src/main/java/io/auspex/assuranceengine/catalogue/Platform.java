package io.auspex.assuranceengine.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What kind of device one is, or an implementation is for (RFC 9417 §3.4). For a device null means that it is not known, for an
 * implementation that any will do; there {@code *} stands for any characters.
 */
public record Platform(
        @Nullable String vendor,
        @Nullable String model,
        @Nullable String os,
        @Nullable String version) {
    /** Nothing is known; anything will do. */
    public static final Platform ANY = new Platform(null, null, null, null);

    private List<@Nullable String> parts() {
        return Arrays.asList(vendor, model, os, version);
    }

    /** Whether an implementation for this platform may be for the device: nothing that is known of it speaks against that. */
    public boolean mayBe(Platform device) {
        return matches(device, true);
    }

    /** How much of what this asks for the device is known to be; 0 where it may as well be another one. */
    public int fit(Platform device) {
        return matches(device, false)
                ? (int) parts().stream().filter(Objects::nonNull).count()
                : 0;
    }

    private boolean matches(Platform device, boolean whereUnknown) {
        for (int i = 0; i < parts().size(); i++) {
            String wanted = parts().get(i);
            String known = device.parts().get(i);
            if (wanted != null && (known == null ? !whereUnknown : !matches(wanted, known))) {
                return false;
            }
        }
        return true;
    }

    /** Goes back to the last {@code *} where what follows it does not match: never slower than the product of the lengths. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && isSame(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean isSame(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
