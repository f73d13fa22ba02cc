package io.auspex.yang.xpath;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The functions of XPath 1.0 §4 and of YANG (RFC 7950 §10), with the numbers of their arguments. */
enum Function {
    BOOLEAN(1, 1),
    CEILING(1, 1),
    CONCAT(2, Integer.MAX_VALUE),
    CONTAINS(2, 2),
    COUNT(1, 1),
    FALSE(0, 0),
    FLOOR(1, 1),
    LANG(1, 1),
    LAST(0, 0),
    LOCAL_NAME(0, 1),
    NAME(0, 1),
    NAMESPACE_URI(0, 1),
    NORMALIZE_SPACE(0, 1),
    NOT(1, 1),
    NUMBER(0, 1),
    POSITION(0, 0),
    ROUND(1, 1),
    STARTS_WITH(2, 2),
    STRING(0, 1),
    STRING_LENGTH(0, 1),
    SUBSTRING(2, 3),
    SUBSTRING_AFTER(2, 2),
    SUBSTRING_BEFORE(2, 2),
    SUM(1, 1),
    TRANSLATE(3, 3),
    TRUE(0, 0),
    BIT_IS_SET(2, 2),
    CURRENT(0, 0),
    DEREF(1, 1),
    DERIVED_FROM(2, 2),
    DERIVED_FROM_OR_SELF(2, 2),
    ENUM_VALUE(1, 1),
    RE_MATCH(2, 2);

    private static final Map<String, Function> BY_NAME = new HashMap<>();

    static {
        for (var function : values()) {
            BY_NAME.put(function.toString(), function);
        }
    }

    private final int least;
    private final int most;

    Function(int least, int most) {
        this.least = least;
        this.most = most;
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    String arity() {
        return least == most ? String.valueOf(least) : least + (most == Integer.MAX_VALUE ? " or more" : " to " + most);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Function> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
