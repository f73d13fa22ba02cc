package io.auspex.yang.schema;

/**
 * One pattern statement (RFC 7950 §9.4.5).
 *
 * @param expression the XSD regular expression as written
 * @param compiled its automaton
 * @param inverted true with modifier invert-match
 */
public record PatternRule(String expression, XsdRegex compiled, boolean inverted, Restriction restriction) {
    boolean allows(String text) {
        return compiled.matches(text) != inverted;
    }
}
