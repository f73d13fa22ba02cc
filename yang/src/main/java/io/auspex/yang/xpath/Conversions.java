package io.auspex.yang.xpath;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.StringType;
import io.auspex.yang.schema.Values;
import java.math.BigDecimal;

/** The conversions of XPath 1.0 §4.2, §4.3, §4.4. */
final class Conversions {
    private static final int MAX_TEXT = 1 << 20;
    private static final String SPACE = " \t\r\n";

    private final Tree tree;
    private final XPathNames names;

    Conversions(Tree tree, XPathNames names) {
        this.tree = tree;
        this.names = names;
    }

    boolean truth(XPathValue value) {
        return switch (value) {
            case XPathValue.NodeSet(var nodes) -> !nodes.isEmpty();
            case XPathValue.Text(var text) -> !text.isEmpty();
            case XPathValue.Number(var number) -> number != 0 && !Double.isNaN(number);
            case XPathValue.Truth(var truth) -> truth;
        };
    }

    double number(XPathValue value) {
        return switch (value) {
            case XPathValue.NodeSet(var nodes) -> nodes.isEmpty() ? Double.NaN : number(nodes.getFirst());
            case XPathValue.Text(var text) -> number(text);
            case XPathValue.Number(var number) -> number;
            case XPathValue.Truth(var truth) -> truth ? 1 : 0;
        };
    }

    double number(XPathNode node) {
        return node.typed() instanceof Long number ? number.doubleValue() : number(text(node));
    }

    static double number(String text) {
        var stripped = trim(text);
        var at = stripped.startsWith("-") ? 1 : 0;
        var digits = 0;
        var points = 0;
        for (; at < stripped.length(); at++) {
            var c = stripped.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && points == 0) {
                points++;
            } else {
                return Double.NaN;
            }
        }
        return digits == 0 ? Double.NaN : Double.parseDouble(stripped);
    }

    /** A text without the white space of XML at its ends; other white space is text like any other. */
    static String trim(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && SPACE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    String text(XPathValue value) {
        return switch (value) {
            case XPathValue.NodeSet(var nodes) -> nodes.isEmpty() ? "" : text(nodes.getFirst());
            case XPathValue.Text(var text) -> text;
            case XPathValue.Number(var number) -> text(number);
            case XPathValue.Truth(var truth) -> String.valueOf(truth);
        };
    }

    static String text(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf((long) number);
        }
        return new BigDecimal(String.valueOf(number)).stripTrailingZeros().toPlainString();
    }

    String text(XPathNode node) {
        if (node.inner() == null) {
            return node.text();
        }
        var all = new StringBuilder();
        append(node, all);
        return all.toString();
    }

    private void append(XPathNode node, StringBuilder all) {
        InnerNode inner = node.inner();
        if (inner == null) {
            all.append(node.text());
            if (all.length() > MAX_TEXT) {
                throw new XPathBudget.Exhausted(MAX_TEXT);
            }
            return;
        }
        for (var child : tree.children(node)) {
            append(child, all);
        }
    }

    /** True when a node has a text as its value; the text counts in canonical form where the node's type takes it. */
    boolean hasText(XPathNode node, String text) {
        var value = node.typed();
        if (value == null) {
            return text(node).equals(text);
        }
        if (value instanceof String string) {
            return string.equals(text)
                    || !(node.schema().type() instanceof StringType)
                            && canonical(node, text).equals(string);
        }
        return Values.text(value).equals(text) || canonical(node, text).equals(value);
    }

    private Object canonical(XPathNode node, String text) {
        try {
            return node.schema()
                    .type()
                    .parse(
                            text,
                            prefix -> prefix.isEmpty()
                                    ? names.module(prefix)
                                            .or(() -> java.util.Optional.of(
                                                    node.schema().module()))
                                    : names.module(prefix));
        } catch (InvalidValueException e) {
            return text;
        }
    }
}
