package io.auspex.yang.schema;

import com.google.common.collect.RangeSet;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The type decimal64 (RFC 7950 §9.3).
 *
 * @param fractionDigits 1 to 18
 * @param ranges the values allowed
 */
public record DecimalType(int fractionDigits, RangeSet<BigDecimal> ranges, Restriction restriction)
        implements ValueType {
    private static final Pattern LEXICAL = Pattern.compile("[+-]?[0-9]{1,20}(\\.[0-9]{1,18})?");

    @Override
    public String name() {
        return "decimal64";
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        var stripped = text.strip();
        if (!LEXICAL.matcher(stripped).matches()) {
            throw new InvalidValueException("'" + Text.shown(text) + "' is no decimal64");
        }
        var number = new BigDecimal(stripped).stripTrailingZeros();
        if (number.scale() > fractionDigits) {
            throw new InvalidValueException("'" + text + "' has more than " + fractionDigits + " fraction digits");
        }
        if (number.setScale(fractionDigits).unscaledValue().bitLength() > 63) {
            throw new InvalidValueException(
                    "'" + text + "' is outside of decimal64 with " + fractionDigits + " fraction digits");
        }
        if (!ranges.isEmpty() && !ranges.contains(number)) {
            throw restriction.violated("'" + text + "' is outside of the range " + Text.ranges(ranges), "");
        }
        return number;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof BigDecimal d && d.scale() <= fractionDigits && (ranges.isEmpty() || ranges.contains(d));
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return JsonForm.STRING;
    }
}
