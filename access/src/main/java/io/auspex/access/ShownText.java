package io.auspex.access;

import java.util.Set;

/** Foreign text as an audit event shows it: on one line and of bounded length, so that nobody forges a line of the log. */
public final class ShownText {
    private static final int SHOWN = 256;

    /** What is no character, or one that is not seen. */
    private static final Set<Integer> UNFIT =
            Set.of((int) Character.FORMAT, (int) Character.SURROGATE, (int) Character.UNASSIGNED);

    private ShownText() {}

    public static String of(String text) {
        return of(text, SHOWN);
    }

    static String of(String text, int limit) {
        if (text.length() <= limit && isPlain(text)) {
            return text;
        }
        var cut = text.length() <= limit ? text : text.substring(0, limit) + "…";
        var clean = new StringBuilder(cut.length());
        cut.codePoints()
                .map(c -> Character.isISOControl(c) || UNFIT.contains(Character.getType(c)) ? '\ufffd' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
