package io.auspex.ittests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a guide: fenced blocks of shell, each followed by an optional block of text whose lines its output has to
 * contain.
 *
 * @param steps in the order of the document
 */
record Guide(List<Step> steps) {
    /**
     * One block of commands.
     *
     * @param info what stands behind the language, for example {@code terminal=demo}
     * @param expected lines of the output; empty when the guide shows none
     */
    record Step(String info, String commands, List<String> expected) {}

    static Guide read(Path file) throws IOException {
        var steps = new ArrayList<Step>();
        var lines = Files.readAllLines(file);
        for (var i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            var info = lines.get(i).substring(3);
            var end = i + 1;
            while (!lines.get(end).equals("```")) {
                end++;
            }
            var block = lines.subList(i + 1, end);
            if (info.startsWith("sh")) {
                steps.add(new Step(info.substring(2).strip(), String.join("\n", block), List.of()));
            } else if (info.equals("text") && !steps.isEmpty()) {
                var last = steps.removeLast();
                steps.add(new Step(last.info(), last.commands(), List.copyOf(block)));
            }
            i = end;
        }
        return new Guide(steps);
    }
}
