package io.auspex.restconfserver.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client accepts as content of the reply (RFC 9110 §12.5.1). */
public final class Accept {
    private record Range(MediaType range, double quality) {
        /** How exactly the range names a type; -1 when it does not. */
        int precision(String type) {
            if (range.name().equals(type)) {
                return 2;
            }
            var slash = type.indexOf('/');
            if (range.subtype().equals("*") && range.type().equals(type.substring(0, slash))) {
                return 1;
            }
            return range.name().equals("*/*") ? 0 : -1;
        }
    }

    private final List<Range> ranges;

    private Accept(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** Of the values of all Accept fields; a range that is not well-formed accepts nothing. */
    public static Accept of(List<String> fields) {
        var ranges = new ArrayList<Range>();
        for (var field : fields) {
            for (var element : MediaType.elements(field)) {
                MediaType.parse(element)
                        .ifPresent(m ->
                                ranges.add(new Range(m, weight(m.parameters().getOrDefault("q", "1")))));
            }
        }
        if (ranges.isEmpty() && fields.stream().allMatch(String::isBlank)) {
            MediaType.parse("*/*").ifPresent(m -> ranges.add(new Range(m, 1)));
        }
        return new Accept(List.copyOf(ranges));
    }

    private static double weight(String text) {
        try {
            var q = Double.parseDouble(text);
            return q >= 0 && q <= 1 ? q : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** The quality of a type, 0 when it is not accepted: that of the range that names it most exactly. */
    public double quality(String type) {
        var best = -1;
        var quality = 0.0;
        for (var range : ranges) {
            var precision = range.precision(type);
            if (precision > best) {
                best = precision;
                quality = range.quality();
            }
        }
        return quality;
    }

    /** The offer accepted with the highest quality, of equals the first; empty when none is accepted. */
    public Optional<String> choose(List<String> offers) {
        Optional<String> chosen = Optional.empty();
        var best = 0.0;
        for (var offer : offers) {
            var quality = quality(offer);
            if (quality > best) {
                best = quality;
                chosen = Optional.of(offer);
            }
        }
        return chosen;
    }
}
