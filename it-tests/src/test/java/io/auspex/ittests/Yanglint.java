package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Debian's yanglint as a judge of instance data. */
final class Yanglint {
    private static final ModelContext MODEL = ModelLoader.load();
    private static final List<String> ASSURANCE =
            List.of("ietf-service-assurance", "ietf-service-assurance-device", "ietf-service-assurance-interface");
    private static final List<String> ANOMALY =
            List.of("ietf-relevant-state", "ietf-network-anomaly-symptom-cbl", "ietf-network-anomaly-service-topology");

    private static final List<String> SUBSCRIPTIONS = List.of(
            "ietf-yang-push",
            "ietf-subscribed-notifications",
            "ietf-yang-push-revision",
            "ietf-yang-library",
            "ietf-netconf-notifications",
            "auspex-assurance");

    private static final Pattern CONTENT_ID = Pattern.compile("(?s)yang-library-content-id.*?([0-9a-f]{32})");

    private Yanglint() {}

    /**
     * Fails unless yanglint takes the document, in JSON or XML: {@code kind} is data or notif. Data are judged without ietf-relevant-state,
     * whose mandatory leaves at the top level demand data of it in every document.
     */
    static void validates(Path folder, String kind, String document) throws IOException, InterruptedException {
        judge(folder, kind, document, module -> isJudge(kind, module));
    }

    private static void judge(Path folder, String kind, String document, Predicate<String> judges)
            throws IOException, InterruptedException {
        var modules = Files.createDirectories(folder.resolve("yang"));
        extract(modules);
        var encoding = document.startsWith("<") ? ".xml" : ".json";
        var file = Files.writeString(Files.createTempFile(folder, kind, encoding), document);
        var command = new ArrayList<>(List.of("yanglint", "-t", kind, "-p", modules.toString()));
        for (var module : MODEL.modules()) {
            if (judges.test(module.name())) {
                command.addAll(List.of("-F", module.name() + ":" + String.join(",", MODEL.features(module.name()))));
            }
        }
        try (var files = Files.list(modules)) {
            files.filter(f -> judges.test(f.getFileName().toString().replaceFirst("(@.*)?\\.yang", "")))
                    // after the modules that they augment: those would otherwise be loaded without their features
                    .sorted(Comparator.comparing(f -> f.getFileName().toString().startsWith("auspex-")))
                    .forEach(f -> command.add(f.toString()));
        }
        var library = CONTENT_ID.matcher(document);
        if (library.find()) {
            var operational = Files.writeString(
                    folder.resolve("operational.json"),
                    "{\"ietf-yang-library:yang-library\":{\"content-id\":\"" + library.group(1) + "\"}}");
            command.addAll(List.of("-O", operational.toString()));
        }
        command.add(file.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output + "\n" + document).isZero();
    }

    /**
     * Fails unless yanglint takes data of any modules that the server serves.
     *
     * @param kind config for a configuration that has to be valid, get for what a server answers
     */
    static void takesDataOfAllModules(Path folder, String kind, String json) throws IOException, InterruptedException {
        judge(folder, kind, json, module -> !ANOMALY.contains(module));
    }

    private static boolean isJudge(String kind, String module) {
        return ASSURANCE.contains(module)
                || kind.equals("notif") && (ANOMALY.contains(module) || SUBSCRIPTIONS.contains(module));
    }

    private static void extract(Path modules) throws IOException {
        for (var module : MODEL.modules()) {
            var file = modules.resolve(module + ".yang");
            if (Files.notExists(file)) {
                Files.writeString(file, MODEL.text(module.name()).orElseThrow());
            }
        }
    }
}
