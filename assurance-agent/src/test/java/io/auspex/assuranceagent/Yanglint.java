package io.auspex.assuranceagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Debian's yanglint as a judge of what the agent says. */
public final class Yanglint {
    private static final List<String> ASSURANCE = List.of(
            "ietf-service-assurance",
            "ietf-service-assurance-device",
            "ietf-service-assurance-interface",
            "auspex-assurance");
    private static final List<String> ANOMALY =
            List.of("ietf-relevant-state", "ietf-network-anomaly-symptom-cbl", "ietf-network-anomaly-service-topology");

    private Yanglint() {}

    /**
     * Fails unless yanglint takes the document; skips without yanglint. Data are judged without ietf-relevant-state, whose
     * mandatory leaves at the top level demand data of it in every document.
     */
    public static void validates(Path folder, String kind, String json) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, "yanglint"))),
                "skipped: yanglint is not installed (Debian package libyang2-tools)");
        var modules = Files.createDirectories(folder.resolve("yang"));
        for (var module : Documents.MODEL.modules()) {
            var file = modules.resolve(module + ".yang");
            if (Files.notExists(file)) {
                Files.writeString(file, Documents.MODEL.text(module.name()).orElseThrow());
            }
        }
        var document = Files.writeString(Files.createTempFile(folder, kind, ".json"), json);
        var command = new ArrayList<>(List.of("yanglint", "-t", kind, "-p", modules.toString()));
        Documents.MODEL.modules().stream()
                .filter(m -> ASSURANCE.contains(m.name()) || kind.equals("notif") && ANOMALY.contains(m.name()))
                .forEach(m -> command.add(modules.resolve(m + ".yang").toString()));
        command.add(document.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output + "\n" + json).isZero();
    }
}
