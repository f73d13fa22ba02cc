package io.auspex.packs;

import java.util.List;

/** The text of a pack's file, by lines. */
record PackFile(String name, String text, List<String> lines) {
    /** Longest file that is read, in characters. */
    static final int LONGEST = 256 * 1_024;

    PackFile(String name, String text) {
        this(name, text, text.lines().toList());
    }

    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
