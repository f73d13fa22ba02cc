package io.auspex.netconfserver;

import io.auspex.netconfprotocol.XmlElement;
import java.util.Map;

/** Which part of a datastore is asked for (RFC 6241 §6, §8.9). */
sealed interface Filter {
    /** All of it. */
    record None() implements Filter {}

    /**
     * What matches a tree of patterns (RFC 6241 §6).
     *
     * @param element the {@code filter} itself; without children it selects nothing
     */
    record Subtree(XmlElement element) implements Filter {}

    /**
     * The nodes that an XPath expression selects, each with its ancestors (RFC 6241 §8.9).
     *
     * @param prefixes to namespace names, as in force at the expression
     */
    record XPath(String expression, Map<String, String> prefixes) implements Filter {
        public XPath {
            prefixes = Map.copyOf(prefixes);
        }
    }
}
