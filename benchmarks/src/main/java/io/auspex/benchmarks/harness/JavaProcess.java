package io.auspex.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A program of the benchmarks in a Java of its own, started as this one was. */
public final class JavaProcess {
    private JavaProcess() {}

    /** Starts a main class; what it says goes to its output, complaints to those of this process. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseCompactObjectHeaders",
                "-DAUSPEX_LOG_LEVEL=OFF",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
