import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Build step: copies the modules that get bindings, and rewrites the two shapes that {@code binding-codegen} 14 fails on.
 *
 * <p>A leafref whose path passes through a choice becomes a string; a container that augments a choice gets its implicit
 * case written out (RFC 7950, section 7.9.2: the same schema). Served modules come from {@code yang}, never from here.
 */
final class DeriveModules {
    private static final List<String> MODULES = List.of(
            "auspex-assurance@2026-11-21",
            "auspex-devices@2026-11-21",
            "auspex-extensions@2026-11-21",
            "ietf-network-anomaly-service-topology@2024-10-18",
            "ietf-network-anomaly-symptom-cbl@2024-10-18",
            "ietf-relevant-state@2024-10-18",
            "ietf-service-assurance@2023-07-11",
            "ietf-service-assurance-device@2023-07-11",
            "ietf-service-assurance-interface@2023-07-11");

    private static final String LEAFREF_THROUGH_CHOICE =
            "type leafref \\{\\s+path \"/subservices/subservice/service-instance-parameter[^;]*;\\s+\\}";
    private static final String CONTAINER_IN_CHOICE =
            "(sain:subservices/sain:subservice/sain:parameter\" \\{.*?\\n)(    container parameters \\{.*?\\n    \\}\\n)";

    private DeriveModules() {}

    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        Path to = Files.createDirectories(Path.of(args[1]));
        for (String module : MODULES) {
            String text = derive(module, Files.readString(from.resolve(module + ".yang")));
            Path copy = to.resolve(module + ".yang");
            // An unchanged copy keeps its date, so that the bindings are not generated and compiled again.
            if (!Files.exists(copy) || !Files.readString(copy).equals(text)) {
                Files.writeString(copy, text);
            }
        }
    }

    private static String derive(String module, String text) {
        return switch (module) {
            case "ietf-service-assurance@2023-07-11" ->
                replace(module, text, LEAFREF_THROUGH_CHOICE, "type string;", 2);
            case "ietf-service-assurance-device@2023-07-11", "ietf-service-assurance-interface@2023-07-11" ->
                replace(module, text, CONTAINER_IN_CHOICE, "$1    case parameters {\n$2    }\n", 1);
            default -> text;
        };
    }

    private static String replace(String module, String text, String regex, String replacement, int expected) {
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(text);
        long found = matcher.results().count();
        if (found != expected) {
            throw new IllegalStateException(module + ": expected " + expected + " places to rewrite, found " + found
                    + "; adapt DeriveModules to the new text of the module");
        }
        return matcher.replaceAll(replacement);
    }
}
