package io.auspex.restconfserver.openapi;

import java.util.Optional;

/**
 * Rewrites the regular expressions of YANG (XSD, RFC 7950 §9.4.5) as those of JSON Schema (ECMA-262 with flag u), which are
 * not anchored and have other escapes. What cannot be said there is left out rather than said wrongly.
 */
final class EcmaPattern {
    /** What may be escaped in ECMA-262 with flag u, outside of a class. */
    private static final String SYNTAX = "^$\\.*+?()[]{}|/";

    private final String xsd;
    private final StringBuilder ecma = new StringBuilder("^(?:");
    private int at;

    private EcmaPattern(String xsd) {
        this.xsd = xsd;
    }

    /** The same expression for JSON Schema; empty where it uses what only XSD has. */
    static Optional<String> of(String xsd) {
        var pattern = new EcmaPattern(xsd);
        return pattern.rewrite() ? Optional.of(pattern.ecma.append(")$").toString()) : Optional.empty();
    }

    private boolean rewrite() {
        var inClass = false;
        while (at < xsd.length()) {
            var c = xsd.charAt(at);
            if (c == '\\') {
                if (!escape(inClass)) {
                    return false;
                }
                continue;
            }
            if (inClass) {
                if (c == '[') {
                    return false;
                }
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '^' || c == '$') {
                ecma.append('\\');
            }
            ecma.append(c);
            at++;
        }
        return !inClass;
    }

    private boolean escape(boolean inClass) {
        var c = at + 1 < xsd.length() ? xsd.charAt(at + 1) : ' ';
        switch (c) {
            case 'i', 'I', 'c', 'C', 'w', 'W', ' ' -> {
                return false;
            }
            case 'p', 'P' -> {
                var end = xsd.indexOf('}', at);
                if (end < 0 || xsd.startsWith("{Is", at + 2)) {
                    return false;
                }
                ecma.append(xsd, at, end + 1);
                at = end + 1;
                return true;
            }
            case 'd', 'D', 's', 'S', 'n', 'r', 't' -> ecma.append('\\').append(c);
            case '-' -> ecma.append(inClass ? "\\-" : "-");
            default -> {
                if (SYNTAX.indexOf(c) >= 0) {
                    ecma.append('\\');
                }
                ecma.append(c);
            }
        }
        at += 2;
        return true;
    }
}
