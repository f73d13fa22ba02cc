package io.auspex.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** One run of one benchmark: its settings, its folder, and where figures and progress go. */
public final class BenchmarkRun {
    private static final long PROGRESS_EVERY = Duration.ofSeconds(10).toNanos();

    private final Map<String, Long> settings = new HashMap<>();
    private final Path folder;
    private final PrintStream figures;
    private final PrintStream progress;
    private long lastProgress = System.nanoTime();

    /**
     * A run.
     *
     * @param given what the user set
     * @param folder for the files of the run, on the disk that is to be measured; emptied when the run begins
     */
    public BenchmarkRun(
            Benchmark benchmark, Map<String, Long> given, Path folder, PrintStream figures, PrintStream progress) {
        this.folder = folder;
        this.figures = figures;
        this.progress = progress;
        benchmark.settings().forEach(s -> settings.put(s.key(), s.standard()));
        given.forEach((key, value) -> {
            if (settings.replace(key, value) == null) {
                throw new UsageException("bench " + benchmark.name() + " has no setting '" + key + "', but "
                        + settings.keySet().stream().sorted().toList());
            }
        });
    }

    /** The value of a setting. */
    public int setting(String key) {
        var value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is not a setting of this benchmark");
        }
        return Math.toIntExact(value);
    }

    /** An empty folder of this name. */
    public Path folder(String name) throws IOException {
        var path = folder.resolve(name);
        delete(path);
        return Files.createDirectories(path);
    }

    /** Removes a file, or a folder with all that is in it. */
    public static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (var files = Files.walk(path)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Prints a figure. */
    public void report(Figure figure) {
        figures.println(figure.line());
        figures.flush();
    }

    /** Says something that is no figure, for example a limit that the run raises. */
    public void note(String text) {
        figures.println("# " + text);
        figures.flush();
    }

    /** Says how far a long part has come, at most every ten seconds. */
    public void progress(String what, long done, long of) {
        if (System.nanoTime() - lastProgress >= PROGRESS_EVERY) {
            lastProgress = System.nanoTime();
            progress.println("  " + what + ": " + done + " of " + of);
        }
    }
}
