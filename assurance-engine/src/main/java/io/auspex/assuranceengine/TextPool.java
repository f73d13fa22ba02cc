package io.auspex.assuranceengine;

import io.auspex.expressions.TextCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each text in use a number; a text that no metric holds any more is forgotten, one that an expression names never is. */
final class TextPool implements TextCodes {
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final IntList free = new IntList();
    private int[] counts = new int[16];

    @Override
    public int codeOf(String constant) {
        return acquire(constant);
    }

    /** The code of a text that one more metric holds. */
    int acquire(String text) {
        Integer known = codes.get(text);
        int code = known == null ? newCode(text) : known;
        counts[code]++;
        return code;
    }

    /** One metric holds the text no longer. */
    void release(int code) {
        if (--counts[code] == 0) {
            codes.remove(texts.get(code));
            texts.set(code, "");
            free.add(code);
        }
    }

    String text(int code) {
        return texts.get(code);
    }

    int size() {
        return codes.size();
    }

    private int newCode(String text) {
        int code;
        if (free.isEmpty()) {
            code = texts.size();
            texts.add(text);
            if (code == counts.length) {
                counts = Arrays.copyOf(counts, code * 2);
            }
        } else {
            code = free.removeLast();
            texts.set(code, text);
        }
        codes.put(text, code);
        return code;
    }
}
