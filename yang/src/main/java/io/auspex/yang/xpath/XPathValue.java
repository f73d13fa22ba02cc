package io.auspex.yang.xpath;

import java.util.List;

/** What an expression evaluates to (XPath 1.0 §1). */
public sealed interface XPathValue {
    /** Nodes in document order. */
    record NodeSet(List<XPathNode> nodes) implements XPathValue {
        public NodeSet {
            nodes = List.copyOf(nodes);
        }
    }

    record Text(String text) implements XPathValue {}

    record Number(double number) implements XPathValue {}

    record Truth(boolean truth) implements XPathValue {}
}
