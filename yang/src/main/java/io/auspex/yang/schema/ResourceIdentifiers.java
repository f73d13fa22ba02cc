package io.auspex.yang.schema;

import java.nio.charset.StandardCharsets;

/** Writes data resource identifiers (RFC 8040 §3.5.3), as api-paths and the targets of a YANG Patch have them. */
public final class ResourceIdentifiers {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private ResourceIdentifiers() {}

    /** The identifier of a data node, percent-encoded, with a leading slash; empty for the root. */
    public static String of(DataPath path) {
        var text = new StringBuilder();
        for (var step : path.steps()) {
            text.append('/').append(step.schema().jsonName());
            if (step.key().isPresent()) {
                text.append('=');
                var key = step.key().get();
                for (var i = 0; i < key.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    encode(Values.text(key.value(i)), text);
                }
            }
        }
        return text.toString();
    }

    private static void encode(String value, StringBuilder text) {
        for (var b : value.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
    }
}
