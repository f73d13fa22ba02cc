package io.auspex.restconfserver.http;

/** One header field of a reply (RFC 9110 §5). */
public record Header(String name, String value) {
    public Header {
        for (var i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw new IllegalArgumentException(name + ": a header value has printable ASCII characters only");
            }
        }
    }
}
