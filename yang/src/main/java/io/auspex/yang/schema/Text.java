package io.auspex.yang.schema;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import java.util.stream.Collectors;

/** How foreign text and ranges are shown in messages: bounded, and without control characters. */
final class Text {
    private static final int SHOWN = 64;

    private Text() {}

    static String shown(String text) {
        if (text.length() <= SHOWN && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static <N extends Comparable<N>> String ranges(RangeSet<N> ranges) {
        return ranges.asRanges().stream().map(Text::range).collect(Collectors.joining(" | "));
    }

    private static <N extends Comparable<N>> String range(Range<N> range) {
        if (!range.hasLowerBound() || !range.hasUpperBound()) {
            return range.toString();
        }
        if (range.lowerBoundType() == BoundType.CLOSED && range.lowerEndpoint().equals(range.upperEndpoint())) {
            return range.lowerEndpoint().toString();
        }
        return range.lowerEndpoint() + ".." + range.upperEndpoint();
    }
}
