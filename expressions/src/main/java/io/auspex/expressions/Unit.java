package io.auspex.expressions;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A unit as a product of powers of names, such as {@code packets/s}. The names mean nothing to the language: two units are
 * equal or not.
 *
 * @param powers by name, none of them 0
 */
record Unit(Map<String, Integer> powers) {
    /** The one of constants, and of quotients of one unit. */
    static final Unit NONE = new Unit(Map.of());

    static final Unit SECONDS = new Unit(Map.of("s", 1));

    Unit {
        powers = Map.copyOf(powers);
    }

    /** What a pack writes: names joined by {@code *}, after each slash a divisor; 1 is no name. */
    static Unit of(String text) {
        Map<String, Integer> powers = new TreeMap<>();
        String[] parts = text.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            for (String name : parts[i].split("\\*")) {
                if (!name.isBlank() && !name.strip().equals("1")) {
                    powers.merge(name.strip(), i == 0 ? 1 : -1, Integer::sum);
                }
            }
        }
        return of(powers);
    }

    private static Unit of(Map<String, Integer> powers) {
        powers.values().removeIf(power -> power == 0);
        return new Unit(powers);
    }

    Unit times(Unit other) {
        return combined(other, 1);
    }

    Unit per(Unit other) {
        return combined(other, -1);
    }

    private Unit combined(Unit other, int sign) {
        Map<String, Integer> product = new TreeMap<>(powers);
        other.powers.forEach((name, power) -> product.merge(name, sign * power, Integer::sum));
        return of(product);
    }

    @Override
    public String toString() {
        String above = joined(1);
        String below = joined(-1);
        return (above.isEmpty() ? "1" : above) + (below.isEmpty() ? "" : "/" + below);
    }

    private String joined(int sign) {
        return new TreeMap<>(powers)
                .entrySet().stream()
                        .filter(e -> e.getValue() * sign > 0)
                        .map(e -> e.getKey() + (Math.abs(e.getValue()) == 1 ? "" : "^" + Math.abs(e.getValue())))
                        .collect(Collectors.joining(sign > 0 ? "*" : "/"));
    }
}
