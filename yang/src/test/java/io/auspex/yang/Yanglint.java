package io.auspex.yang;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What one run of yanglint printed: its output, and its errors and warnings. */
record Yanglint(String output, String complaints) {

    /** Lays the texts of all modules of the class path into one folder, where {@link #run} looks for them. */
    static void copyModules(Path searchPath) throws IOException {
        for (URL folder : Collections.list(Yanglint.class.getClassLoader().getResources("META-INF/yang"))) {
            if (folder.getProtocol().equals("file")) {
                copyYang(Path.of(URI.create(folder.toString())), searchPath);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(URI.create(folder.toString()), Map.of())) {
                    copyYang(jar.getPath("META-INF/yang"), searchPath);
                }
            }
        }
    }

    /** Runs yanglint in a folder of modules; skips the test (not its class, which the report would not count) without it. */
    static Yanglint run(Path searchPath, List<String> arguments) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "skipped: yanglint is not installed (Debian package libyang2-tools)");
        Path out = Files.createTempFile(searchPath, "lint", ".out");
        Path err = Files.createTempFile(searchPath, "lint", ".err");
        List<String> command = new ArrayList<>(List.of("yanglint", "-D", "-p", "."));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(searchPath.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("yanglint did not end within 30 s: " + command);
        }
        return new Yanglint(Files.readString(out), Files.readString(err));
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "yanglint")));
    }

    private static void copyYang(Path folder, Path target) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".yang")) {
                    Files.write(target.resolve(name), Files.readAllBytes(file));
                }
            }
        }
    }
}
