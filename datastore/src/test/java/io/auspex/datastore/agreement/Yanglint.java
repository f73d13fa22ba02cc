package io.auspex.datastore.agreement;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** yanglint of libyang 2, asked about many documents in one run. */
final class Yanglint {
    private static final Pattern REFUSED = Pattern.compile("Failed to parse input data file \"[^\"]*?(\\d+)\\.json\"");

    private final Path folder;

    /**
     * A yanglint that works in a folder.
     *
     * @param own a folder with modules beside those of the class path
     */
    Yanglint(Path folder, Path own) throws IOException {
        this.folder = folder;
        copyYang(own, folder);
        for (var place : Collections.list(Yanglint.class.getClassLoader().getResources("META-INF/yang"))) {
            if (place.getProtocol().equals("file")) {
                copyYang(Path.of(URI.create(place.toString())), folder);
            } else {
                try (var jar = FileSystems.newFileSystem(URI.create(place.toString()), Map.of())) {
                    copyYang(jar.getPath("META-INF/yang"), folder);
                }
            }
        }
    }

    private static void copyYang(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(f -> f.toString().endsWith(".yang")).toList()) {
                Files.write(to.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(f -> Files.isExecutable(Path.of(f, "yanglint")));
    }

    /**
     * What is wrong with documents, as configuration.
     *
     * @return the last complaint about each document that is not valid, by its place in the list
     */
    Map<Integer, String> complaints(List<String> modules, List<String> documents)
            throws IOException, InterruptedException {
        var commands = new StringBuilder("searchpath .\nload ")
                .append(String.join(" ", modules))
                .append('\n');
        for (var i = 0; i < documents.size(); i++) {
            Files.writeString(folder.resolve(i + ".json"), documents.get(i));
            commands.append("data -t config ").append(i).append(".json\n");
        }
        commands.append("quit\n");
        var script = Files.writeString(folder.resolve("commands"), commands);
        var output = folder.resolve("output");
        var process = new ProcessBuilder("yanglint")
                .directory(folder.toFile())
                .redirectInput(script.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("yanglint did not end within 60 s");
        }
        var found = new HashMap<Integer, String>();
        var last = "";
        for (var line : new String(Files.readAllBytes(output), StandardCharsets.UTF_8).split("\n")) {
            var refused = REFUSED.matcher(line);
            if (refused.find()) {
                found.put(Integer.parseInt(refused.group(1)), last);
            } else {
                last = line;
            }
        }
        return found;
    }
}
