package io.auspex.benchmarks.datastore;

import io.auspex.benchmarks.harness.JavaProcess;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens the datastores of a folder once, in a Java that has done nothing before, as a start of the server does. */
final class Restore {
    private Restore() {}

    /** Prints how many seconds it took to open the folder given; the YANG modules were read before. */
    public static void main(String[] arguments) {
        var model = new Subservices().model();
        var begun = System.nanoTime();
        try (var datastores = Datastores.open(model, DatastoreConfig.in(Path.of(arguments[0])))) {
            System.out.println((System.nanoTime() - begun) / 1e9);
        }
    }

    /** How many seconds it takes. */
    static double seconds(Path folder) throws IOException, InterruptedException {
        var process = JavaProcess.start(Restore.class, folder.toString());
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            var line = out.readLine();
            if (line == null || process.waitFor() != 0) {
                throw new IOException(folder + " cannot be opened");
            }
            return Double.parseDouble(line);
        }
    }
}
