package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.List;

/** Parses regular expressions of XML Schema (XML Schema 2 §F), which are anchored and know no lines. */
final class XsdRegexParser {
    private static final int MAX_DEPTH = 200;
    private static final int UNBOUNDED = -1;

    /** The syntax tree. */
    sealed interface Node {
        record Characters(CharacterSet set) implements Node {}

        record Sequence(List<Node> parts) implements Node {}

        record Alternatives(List<Node> branches) implements Node {}

        /** {@code most} is -1 when unbounded. */
        record Repeat(Node part, int least, int most) implements Node {}
    }

    private final int[] text;
    private int at;
    private int depth;

    private XsdRegexParser(String expression) {
        text = expression.codePoints().toArray();
    }

    static Node parse(String expression) throws XsdRegex.Refused {
        var parser = new XsdRegexParser(expression);
        var node = parser.alternatives();
        if (parser.at < parser.text.length) {
            throw parser.fault("')' without '('");
        }
        return node;
    }

    private XsdRegex.Refused fault(String what) {
        return new XsdRegex.Refused("character " + (at + 1) + ": " + what);
    }

    private boolean next(int c) {
        if (at < text.length && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private Node alternatives() throws XsdRegex.Refused {
        if (++depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        var branches = new ArrayList<Node>();
        do {
            branches.add(branch());
        } while (next('|'));
        depth--;
        return branches.size() == 1 ? branches.getFirst() : new Node.Alternatives(branches);
    }

    private Node branch() throws XsdRegex.Refused {
        var parts = new ArrayList<Node>();
        while (at < text.length && text[at] != '|' && text[at] != ')') {
            var part = atom();
            var quantified = quantified(part);
            parts.add(quantified);
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
    }

    private Node quantified(Node part) throws XsdRegex.Refused {
        if (next('?')) {
            return new Node.Repeat(part, 0, 1);
        }
        if (next('*')) {
            return new Node.Repeat(part, 0, UNBOUNDED);
        }
        if (next('+')) {
            return new Node.Repeat(part, 1, UNBOUNDED);
        }
        if (!next('{')) {
            return part;
        }
        var least = number();
        var most = least;
        if (next(',')) {
            most = at < text.length && text[at] == '}' ? UNBOUNDED : number();
        }
        if (!next('}')) {
            throw fault("'}' expected");
        }
        if (most != UNBOUNDED && most < least) {
            throw fault("a quantifier from " + least + " to " + most);
        }
        return new Node.Repeat(part, least, most);
    }

    private int number() throws XsdRegex.Refused {
        var value = 0L;
        var start = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at++] - '0';
            if (value > XsdRegex.MAX_STATES) {
                throw fault("a count above " + XsdRegex.MAX_STATES);
            }
        }
        if (at == start) {
            throw fault("a number expected");
        }
        return (int) value;
    }

    private Node atom() throws XsdRegex.Refused {
        var c = text[at];
        switch (c) {
            case '(' -> {
                at++;
                var inner = alternatives();
                if (!next(')')) {
                    throw fault("')' expected");
                }
                return inner;
            }
            case '[' -> {
                at++;
                return new Node.Characters(group());
            }
            case '.' -> {
                at++;
                return new Node.Characters(CharacterSet.DOT);
            }
            case '\\' -> {
                at++;
                return new Node.Characters(escape());
            }
            case '?', '*', '+', '{' -> throw fault("a quantifier without anything to repeat");
            default -> {
                at++;
                return new Node.Characters(CharacterSet.of(c));
            }
        }
    }

    private CharacterSet escape() throws XsdRegex.Refused {
        if (at >= text.length) {
            throw fault("it ends after a backslash");
        }
        var c = text[at++];
        return switch (c) {
            case 'n' -> CharacterSet.of('\n');
            case 'r' -> CharacterSet.of('\r');
            case 't' -> CharacterSet.of('\t');
            case 's' -> CharacterSet.SPACE;
            case 'S' -> CharacterSet.SPACE.complement();
            case 'i' -> CharacterSet.INITIAL;
            case 'I' -> CharacterSet.INITIAL.complement();
            case 'c' -> CharacterSet.NAME;
            case 'C' -> CharacterSet.NAME.complement();
            case 'd' -> category("Nd");
            case 'D' -> category("Nd").complement();
            case 'w' -> category("P").union(category("Z")).union(category("C")).complement();
            case 'W' -> category("P").union(category("Z")).union(category("C"));
            case 'p' -> property();
            case 'P' -> property().complement();
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw fault("no escape of XML Schema");
                }
                yield CharacterSet.of(c);
            }
        };
    }

    private CharacterSet property() throws XsdRegex.Refused {
        if (!next('{')) {
            throw fault("'{' expected");
        }
        var name = new StringBuilder();
        while (at < text.length && text[at] != '}' && name.length() < 64) {
            name.appendCodePoint(text[at++]);
        }
        if (!next('}')) {
            throw fault("'}' expected");
        }
        return category(name.toString());
    }

    private CharacterSet category(String name) throws XsdRegex.Refused {
        var set = CharacterSet.named(name);
        if (set.isEmpty()) {
            throw fault("no category or block '" + name + "'");
        }
        return set.get();
    }

    /** A group after its opening bracket, with what is subtracted from it. */
    private CharacterSet group() throws XsdRegex.Refused {
        if (++depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        var negative = next('^');
        var ranges = new ArrayList<Integer>();
        var classes = CharacterSet.NONE;
        var without = CharacterSet.NONE;
        var first = true;
        while (!next(']')) {
            if (at >= text.length) {
                throw fault("']' expected");
            }
            if (!first && text[at] == '-' && at + 1 < text.length && text[at + 1] == '[') {
                at += 2;
                without = group();
                if (!next(']')) {
                    throw fault("']' expected after a subtraction");
                }
                break;
            }
            if (text[at] == '\\' && !isSingle(at + 1)) {
                at++;
                classes = classes.union(escape());
            } else {
                var from = single();
                var to = isRange() ? rangeEnd(from) : from;
                ranges.add(from);
                ranges.add(to);
            }
            first = false;
        }
        if (first) {
            throw fault("a group of nothing");
        }
        depth--;
        var bounds = ranges.stream().mapToInt(Integer::intValue).toArray();
        var positive = bounds.length == 0 ? classes : CharacterSet.of(bounds).union(classes);
        return (negative ? positive.complement() : positive).minus(without);
    }

    private boolean isRange() {
        return at + 1 < text.length && text[at] == '-' && text[at + 1] != ']' && text[at + 1] != '[';
    }

    private int rangeEnd(int from) throws XsdRegex.Refused {
        at++;
        var to = single();
        if (to < from) {
            throw fault("a range that ends before it begins");
        }
        return to;
    }

    /** True when the escape at a place stands for one character. */
    private boolean isSingle(int place) {
        return place < text.length && "sSiIcCdDwWpP".indexOf(text[place]) < 0;
    }

    private int single() throws XsdRegex.Refused {
        var c = text[at++];
        if (c == '[') {
            throw fault("'[' within a group");
        }
        if (c != '\\') {
            return c;
        }
        if (!isSingle(at)) {
            throw fault("a class at the end of a range");
        }
        return escape().ranges().getFirst().first();
    }
}
