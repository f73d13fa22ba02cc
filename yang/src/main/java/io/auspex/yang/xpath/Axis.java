package io.auspex.yang.xpath;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The axes of XPath 1.0 §2.2; attribute and namespace have no nodes in YANG data. */
enum Axis {
    CHILD,
    DESCENDANT,
    PARENT,
    ANCESTOR,
    FOLLOWING_SIBLING,
    PRECEDING_SIBLING,
    FOLLOWING,
    PRECEDING,
    ATTRIBUTE,
    NAMESPACE,
    SELF,
    DESCENDANT_OR_SELF,
    ANCESTOR_OR_SELF;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Axis> of(String name) {
        return Stream.of(values()).filter(a -> a.toString().equals(name)).findFirst();
    }
}
