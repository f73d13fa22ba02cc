package io.auspex.yang.xpath;

import io.auspex.yang.schema.XsdRegex;
import java.util.HashMap;
import java.util.Map;

/** The patterns that one evaluation uses, each compiled once; a wrong one matches nothing. */
final class Patterns {
    private static final int STATES_PER_VISIT = 16;

    private final XPathBudget budget;
    private final Map<String, XsdRegex> compiled = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();

    Patterns(XPathBudget budget) {
        this.budget = budget;
    }

    boolean matches(String text, String pattern) {
        if (refused.containsKey(pattern)) {
            return false;
        }
        try {
            var regex = compiled.get(pattern);
            if (regex == null) {
                regex = XsdRegex.compile(pattern);
                compiled.put(pattern, regex);
                budget.spend(regex.size() / STATES_PER_VISIT);
            }
            budget.spend((long) text.length() * regex.size() / STATES_PER_VISIT / STATES_PER_VISIT);
            return regex.matches(text);
        } catch (XsdRegex.Refused e) {
            refused.put(pattern, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
