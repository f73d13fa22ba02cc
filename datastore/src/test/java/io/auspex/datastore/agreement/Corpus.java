package io.auspex.datastore.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Instance documents: those of the files, and mutations of the valid ones among them by a fixed seed.
 *
 * <p>In a file a line {@code @} gives a frame with a place {@code %}; each line {@code +} or {@code -} puts a valid or an
 * invalid content there.
 */
final class Corpus {
    private static final Path FILES = Path.of("src/test/resources/validation/cases");

    private Corpus() {}

    /**
     * A document.
     *
     * @param valid what RFC 7950 and RFC 7951 make of it
     */
    record Case(String file, boolean valid, String document) {
        @Override
        public String toString() {
            return file + " " + (valid ? "+ " : "- ") + document;
        }
    }

    static List<Case> written() throws IOException {
        var cases = new ArrayList<Case>();
        try (var files = Files.list(FILES)) {
            for (var file : files.sorted().toList()) {
                var frame = "%";
                for (var line : Files.readAllLines(file)) {
                    if (line.startsWith("@ ")) {
                        frame = line.substring(2);
                    } else {
                        var content = line.length() < 2 ? "" : line.substring(2);
                        cases.add(new Case(
                                file.getFileName().toString(), line.startsWith("+"), frame.replace("%", content)));
                    }
                }
            }
        }
        return cases;
    }

    /** Documents each made from a valid one by one change. */
    static List<String> mutated(long seed, int each) throws IOException {
        var random = new Random(seed);
        var valid = written().stream().filter(Case::valid).map(Case::document).toList();
        var documents = new ArrayList<String>();
        for (var document : valid) {
            var times = document.length() > 150 ? each : 1;
            for (var i = 0; i < times; i++) {
                documents.add(Mutation.of(document, random));
            }
        }
        return documents;
    }
}
