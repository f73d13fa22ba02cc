package io.auspex.netconfsouthbound;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * An absolute instance path to a leaf, a small part of XPath: {@code /if:interfaces/if:interface[if:name='eth0']/if:mtu}.
 *
 * <p>Every name has a prefix; a predicate compares a key with a literal in single or double quotes.
 */
public final class MetricPath {
    /** The longest path taken, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final int MAX_STEPS = 32;
    private static final int MAX_KEYS = 16;

    /** One level of the path. */
    public record Step(String namespace, String name, List<Key> keys) {
        public Step {
            keys = List.copyOf(keys);
        }
    }

    /** A list key with its value. */
    public record Key(String namespace, String name, String value) {}

    private final String text;
    private final List<Step> steps;
    /** Paths are looked up for every value that comes in. */
    private final int hash;

    /** @param text the path as written */
    public MetricPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
        this.hash = hash(this.steps);
    }

    /** Spreads better than that of a list: names of leaves and keys often differ by one letter. */
    private static int hash(List<Step> steps) {
        var hash = 0;
        for (var step : steps) {
            hash = (hash ^ step.hashCode()) * 0x9E3779B1;
        }
        return hash ^ hash >>> 16;
    }

    /** From the root to the leaf. */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Reads a path.
     *
     * @param prefixes prefix to namespace
     * @throws IllegalArgumentException what is wrong and where
     */
    public static MetricPath parse(String text, Map<String, String> prefixes) {
        return new Parser(text, prefixes).path();
    }

    /** Two paths to the same leaf are equal, however their prefixes are called. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof MetricPath path && hash == path.hash && steps.equals(path.steps);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Parser {
        private final String text;
        private final Map<String, String> prefixes;
        private int at;

        Parser(String text, Map<String, String> prefixes) {
            this.text = text;
            this.prefixes = prefixes;
        }

        MetricPath path() {
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("path longer than " + MAX_LENGTH + " characters");
            }
            var steps = new ArrayList<Step>();
            do {
                expect('/');
                if (steps.size() == MAX_STEPS) {
                    throw wrong("more than " + MAX_STEPS + " levels");
                }
                steps.add(step());
            } while (at < text.length());
            if (!steps.getLast().keys().isEmpty()) {
                throw wrong("the last level is a leaf and has no key");
            }
            return new MetricPath(text, steps);
        }

        private Step step() {
            var name = name();
            var keys = new ArrayList<Key>();
            var seen = new HashSet<Name>();
            while (at < text.length() && text.charAt(at) == '[') {
                at++;
                if (keys.size() == MAX_KEYS) {
                    throw wrong("more than " + MAX_KEYS + " keys");
                }
                skipBlanks();
                var key = name();
                if (!seen.add(key)) {
                    throw wrong("key '" + key.local() + "' appears twice");
                }
                skipBlanks();
                expect('=');
                skipBlanks();
                keys.add(new Key(key.namespace(), key.local(), literal()));
                skipBlanks();
                expect(']');
            }
            return new Step(name.namespace(), name.local(), keys);
        }

        private Name name() {
            var prefix = identifier();
            expect(':');
            var local = identifier();
            var namespace = prefixes.get(prefix);
            if (namespace == null) {
                throw wrong("prefix '" + prefix + "' is not declared");
            }
            return new Name(namespace, local);
        }

        /** RFC 7950 §6.2. */
        private String identifier() {
            var start = at;
            while (at < text.length() && isNameCharacter(text.charAt(at), at == start)) {
                at++;
            }
            if (at == start) {
                throw wrong("expected a name");
            }
            return text.substring(start, at);
        }

        private String literal() {
            var quote = at < text.length() ? text.charAt(at) : ' ';
            if (quote != '\'' && quote != '"') {
                throw wrong("expected a literal in quotes");
            }
            var end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw wrong("the literal has no end");
            }
            var value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private void expect(char expected) {
            if (at >= text.length() || text.charAt(at) != expected) {
                throw wrong("expected '" + expected + "'");
            }
            at++;
        }

        private static boolean isNameCharacter(char c, boolean first) {
            var letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            return letter || (!first && (c == '-' || c == '.' || (c >= '0' && c <= '9')));
        }

        private IllegalArgumentException wrong(String what) {
            var got = at < text.length() ? "got '" + text.charAt(at) + "'" : "got the end";
            return new IllegalArgumentException(
                    "path '" + text + "', character " + (at + 1) + ": " + what + ", " + got);
        }
    }

    private record Name(String namespace, String local) {}
}
