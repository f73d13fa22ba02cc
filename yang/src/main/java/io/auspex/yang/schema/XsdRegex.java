package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression of XML Schema (RFC 7950 §9.4.5). Matching takes time in proportion to the text, whatever
 * the expression: a nondeterministic automaton, made deterministic as far as texts need it.
 */
public final class XsdRegex {
    /** Largest automaton; an expression that needs more is refused. */
    public static final int MAX_STATES = 20_000;

    private static final int MAX_LENGTH = 65_536;
    private static final int MAX_KNOWN = 1_000;
    private static final int MAX_TABLE = 500_000;
    private static final int UNKNOWN = -1;

    /** The expression is wrong or too large; the message says where and why. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** One state of the nondeterministic automaton: takes a character, or goes on to one or two others without. */
    private record State(@Nullable CharacterSet set, int next, int other) {}

    /** One state of the deterministic automaton; the table is filled as texts come. */
    private static final class Known {
        private final int[] states;
        private final boolean accepting;
        private final @Nullable Known[] next;

        Known(int[] states, boolean accepting, int classes) {
            this.states = states;
            this.accepting = accepting;
            this.next = new Known[classes];
        }
    }

    private record Key(int[] states) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Key other && Arrays.equals(states, other.states);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(states);
        }
    }

    private final List<State> states = new ArrayList<>();
    private final int[] cuts;
    private final int[] ascii = new int[128];
    private final int accept;
    private final int begin;
    private volatile Table table;
    private int built;

    private XsdRegex(XsdRegexParser.Node root) throws Refused {
        accept = add(null, UNKNOWN, UNKNOWN);
        begin = build(root, accept);
        var bounds = new TreeSet<Integer>();
        for (var state : states) {
            if (state.set() != null) {
                for (var range : state.set().ranges()) {
                    bounds.add(range.first());
                    bounds.add(range.last() + 1);
                }
            }
        }
        cuts = bounds.stream().mapToInt(Integer::intValue).toArray();
        for (var c = 0; c < ascii.length; c++) {
            ascii[c] = search(c);
        }
        table = new Table();
    }

    /** Compiles an expression, which matches whole texts. */
    public static XsdRegex compile(String expression) throws Refused {
        if (expression.length() > MAX_LENGTH) {
            throw new Refused("a pattern of more than " + MAX_LENGTH + " characters");
        }
        return new XsdRegex(XsdRegexParser.parse(expression));
    }

    /** Number of states, which bounds the cost of a character. */
    public int size() {
        return states.size();
    }

    private int add(@Nullable CharacterSet set, int next, int other) throws Refused {
        if (states.size() >= MAX_STATES) {
            throw new Refused("the pattern needs an automaton of more than " + MAX_STATES + " states");
        }
        states.add(new State(set, next, other));
        return states.size() - 1;
    }

    /** The state from which a node leads to {@code then}. */
    private int build(XsdRegexParser.Node node, int then) throws Refused {
        if (++built > 4 * MAX_STATES) {
            throw new Refused("the pattern repeats more than " + 4 * MAX_STATES + " parts");
        }
        switch (node) {
            case XsdRegexParser.Node.Characters(var set) -> {
                return add(set, then, UNKNOWN);
            }
            case XsdRegexParser.Node.Sequence(var parts) -> {
                var at = then;
                for (var part : parts.reversed()) {
                    at = build(part, at);
                }
                return at;
            }
            case XsdRegexParser.Node.Alternatives(var branches) -> {
                var at = build(branches.getLast(), then);
                for (var i = branches.size() - 2; i >= 0; i--) {
                    at = add(null, build(branches.get(i), then), at);
                }
                return at;
            }
            case XsdRegexParser.Node.Repeat(var part, var least, var most) -> {
                return repeat(part, least, most, then);
            }
        }
    }

    private int repeat(XsdRegexParser.Node part, int least, int most, int then) throws Refused {
        var at = then;
        if (most < 0) {
            var loop = add(null, then, UNKNOWN);
            var body = build(part, loop);
            states.set(loop, new State(null, body, then));
            at = loop;
        } else {
            for (var i = least; i < most; i++) {
                at = add(null, build(part, at), then);
            }
        }
        for (var i = 0; i < least; i++) {
            at = build(part, at);
        }
        return at;
    }

    /** True when the whole text matches. */
    public boolean matches(String text) {
        var known = table;
        var state = known.start;
        for (var i = 0; i < text.length(); ) {
            int c = text.charAt(i++);
            if (c >= Character.MIN_HIGH_SURROGATE && c <= Character.MAX_HIGH_SURROGATE && i < text.length()) {
                var low = text.charAt(i);
                if (Character.isLowSurrogate(low)) {
                    c = Character.toCodePoint((char) c, low);
                    i++;
                }
            }
            var kind = c < ascii.length ? ascii[c] : search(c);
            var next = state.next[kind];
            if (next == null) {
                if (known.isFull()) {
                    known = new Table();
                    table = known;
                    state = known.known(state.states);
                }
                next = known.step(state, kind);
            }
            if (next.states.length == 0) {
                return false;
            }
            state = next;
        }
        return state.accepting;
    }

    /** The class of a character: characters between two bounds of sets behave alike. */
    private int search(int c) {
        var place = Arrays.binarySearch(cuts, c);
        return place >= 0 ? place + 1 : -place - 1;
    }

    /** The deterministic states known so far; thrown away when it gets too large. */
    private final class Table {
        private final Map<Key, Known> all = new HashMap<>();
        private final Known start;

        Table() {
            start = known(closure(new int[] {begin}));
        }

        synchronized boolean isFull() {
            return all.size() >= MAX_KNOWN || all.size() * (cuts.length + 1) >= MAX_TABLE;
        }

        synchronized Known known(int[] set) {
            return all.computeIfAbsent(
                    new Key(set), _ -> new Known(set, Arrays.binarySearch(set, accept) >= 0, cuts.length + 1));
        }

        synchronized Known step(Known from, int kind) {
            var sample = kind == 0 ? 0 : cuts[kind - 1];
            var targets = new int[from.states.length];
            var count = 0;
            if (kind > 0 || cuts.length == 0 || cuts[0] > 0) {
                for (var state : from.states) {
                    var at = states.get(state);
                    if (at.set() != null && at.set().contains(sample)) {
                        targets[count++] = at.next();
                    }
                }
            }
            var next = known(closure(Arrays.copyOf(targets, count)));
            from.next[kind] = next;
            return next;
        }

        /** The states that take a character, or accept, reached from some without taking one; ascending. */
        private int[] closure(int[] from) {
            var seen = new java.util.BitSet();
            var found = new java.util.BitSet();
            var open = new int[Math.max(16, from.length)];
            var count = 0;
            for (var state : from) {
                if (!seen.get(state)) {
                    seen.set(state);
                    open = push(open, count++, state);
                }
            }
            while (count > 0) {
                var number = open[--count];
                var state = states.get(number);
                if (state.set() != null || number == accept) {
                    found.set(number);
                    continue;
                }
                for (var next : new int[] {state.next(), state.other()}) {
                    if (next != UNKNOWN && !seen.get(next)) {
                        seen.set(next);
                        open = push(open, count++, next);
                    }
                }
            }
            return found.stream().toArray();
        }

        private static int[] push(int[] stack, int count, int value) {
            var grown = count == stack.length ? Arrays.copyOf(stack, 2 * count) : stack;
            grown[count] = value;
            return grown;
        }
    }
}
