package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** A set of code points as disjoint, ascending ranges. */
final class CharacterSet {
    static final int LAST = Character.MAX_CODE_POINT;
    static final CharacterSet ALL = new CharacterSet(List.of(new Range(0, LAST)));
    static final CharacterSet NONE = new CharacterSet(List.of());
    /** What the dot stands for: all but line ends. */
    static final CharacterSet DOT = of('\n').union(of('\r')).complement();

    static final CharacterSet SPACE = of(' ').union(of('\t')).union(of('\n')).union(of('\r'));
    static final CharacterSet INITIAL = of(
            ':', ':', 'A', 'Z', '_', '_', 'a', 'z', 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D, 0x37F, 0x1FFF,
            0x200C, 0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000,
            0xEFFFF);
    static final CharacterSet NAME = INITIAL.union(of('-', '.', '0', '9', 0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040));

    private static final Map<String, CharacterSet> NAMED = new ConcurrentHashMap<>();
    private static final Map<String, Integer> CATEGORIES = Map.ofEntries(
            Map.entry("Lu", (int) Character.UPPERCASE_LETTER),
            Map.entry("Ll", (int) Character.LOWERCASE_LETTER),
            Map.entry("Lt", (int) Character.TITLECASE_LETTER),
            Map.entry("Lm", (int) Character.MODIFIER_LETTER),
            Map.entry("Lo", (int) Character.OTHER_LETTER),
            Map.entry("Mn", (int) Character.NON_SPACING_MARK),
            Map.entry("Mc", (int) Character.COMBINING_SPACING_MARK),
            Map.entry("Me", (int) Character.ENCLOSING_MARK),
            Map.entry("Nd", (int) Character.DECIMAL_DIGIT_NUMBER),
            Map.entry("Nl", (int) Character.LETTER_NUMBER),
            Map.entry("No", (int) Character.OTHER_NUMBER),
            Map.entry("Pc", (int) Character.CONNECTOR_PUNCTUATION),
            Map.entry("Pd", (int) Character.DASH_PUNCTUATION),
            Map.entry("Ps", (int) Character.START_PUNCTUATION),
            Map.entry("Pe", (int) Character.END_PUNCTUATION),
            Map.entry("Pi", (int) Character.INITIAL_QUOTE_PUNCTUATION),
            Map.entry("Pf", (int) Character.FINAL_QUOTE_PUNCTUATION),
            Map.entry("Po", (int) Character.OTHER_PUNCTUATION),
            Map.entry("Zs", (int) Character.SPACE_SEPARATOR),
            Map.entry("Zl", (int) Character.LINE_SEPARATOR),
            Map.entry("Zp", (int) Character.PARAGRAPH_SEPARATOR),
            Map.entry("Sm", (int) Character.MATH_SYMBOL),
            Map.entry("Sc", (int) Character.CURRENCY_SYMBOL),
            Map.entry("Sk", (int) Character.MODIFIER_SYMBOL),
            Map.entry("So", (int) Character.OTHER_SYMBOL),
            Map.entry("Cc", (int) Character.CONTROL),
            Map.entry("Cf", (int) Character.FORMAT),
            Map.entry("Co", (int) Character.PRIVATE_USE),
            Map.entry("Cn", (int) Character.UNASSIGNED));

    /** A range, both ends included. */
    record Range(int first, int last) {}

    private final List<Range> ranges;

    private CharacterSet(List<Range> ranges) {
        this.ranges = ranges;
    }

    static CharacterSet of(int... bounds) {
        if (bounds.length == 1) {
            return new CharacterSet(List.of(new Range(bounds[0], bounds[0])));
        }
        var ranges = new ArrayList<Range>();
        for (var i = 0; i < bounds.length; i += 2) {
            ranges.add(new Range(bounds[i], bounds[i + 1]));
        }
        return normal(ranges);
    }

    private static CharacterSet normal(List<Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Range::first));
        var joined = new ArrayList<Range>();
        for (var range : sorted) {
            if (!joined.isEmpty() && range.first() <= joined.getLast().last() + 1) {
                var before = joined.removeLast();
                joined.add(new Range(before.first(), Math.max(before.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return new CharacterSet(List.copyOf(joined));
    }

    List<Range> ranges() {
        return ranges;
    }

    CharacterSet union(CharacterSet other) {
        var all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return normal(all);
    }

    CharacterSet complement() {
        var gaps = new ArrayList<Range>();
        var next = 0;
        for (var range : ranges) {
            if (range.first() > next) {
                gaps.add(new Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        if (next <= LAST) {
            gaps.add(new Range(next, LAST));
        }
        return new CharacterSet(List.copyOf(gaps));
    }

    CharacterSet minus(CharacterSet other) {
        return complement().union(other).complement();
    }

    boolean contains(int codePoint) {
        var low = 0;
        var high = ranges.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var range = ranges.get(middle);
            if (codePoint < range.first()) {
                high = middle - 1;
            } else if (codePoint > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** A category such as L or Nd, or a block such as IsBasicLatin (XML Schema 2 §F.1.1); empty when there is none. */
    static Optional<CharacterSet> named(String name) {
        var known = NAMED.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var made = make(name);
        made.ifPresent(set -> NAMED.put(name, set));
        return made;
    }

    private static Optional<CharacterSet> make(String name) {
        if (name.equals("IsPrivateUse")) {
            return named("Co");
        }
        if (name.startsWith("Is")) {
            try {
                var block = Character.UnicodeBlock.forName(name.substring(2));
                return Optional.of(where(c -> block.equals(Character.UnicodeBlock.of(c))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        var types = 0L;
        for (var category : CATEGORIES.entrySet()) {
            if (category.getKey().equals(name)
                    || name.length() == 1 && category.getKey().startsWith(name)) {
                types |= 1L << category.getValue();
            }
        }
        if (name.equals("C")) {
            types |= 1L << Character.SURROGATE;
        }
        var members = types;
        return members == 0 ? Optional.empty() : Optional.of(where(c -> (members >> Character.getType(c) & 1) != 0));
    }

    private static CharacterSet where(IntPredicate member) {
        var ranges = new ArrayList<Range>();
        var start = -1;
        for (var c = 0; c <= LAST + 1; c++) {
            var in = c <= LAST && member.test(c);
            if (in && start < 0) {
                start = c;
            } else if (!in && start >= 0) {
                ranges.add(new Range(start, c - 1));
                start = -1;
            }
        }
        return new CharacterSet(List.copyOf(ranges));
    }
}
