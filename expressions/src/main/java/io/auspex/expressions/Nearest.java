package io.auspex.expressions;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that somebody who wrote another one most likely meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The known name within an edit distance of a third of the length, at least two; empty where none is that near. */
    public static Optional<String> to(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(k -> k.length() <= LONGEST && distance(name, k) <= Math.max(2, k.length() / 3))
                .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k));
    }

    /** {@code ": did you mean 'x'?"}, or else the list of what there is. */
    public static String hint(String name, Collection<String> known) {
        return to(name, known)
                .map(k -> ": did you mean '" + k + "'?")
                .orElseGet(() -> known.isEmpty()
                        ? ": none is declared"
                        : ": expected one of "
                                + String.join(", ", known.stream().limit(20).toList()));
    }

    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
