package io.auspex.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * What the action {@code root-cause} answers, in at most 14 lines for an engineer: the score, the heaviest causes with the way to
 * them and the values that say so, and how the rest is.
 *
 * @param service name and instance
 * @param answer output of the action
 */
record ExplanationText(String service, JsonNode answer) {
    private static final int CAUSES = 3;
    private static final int OTHERS = 5;

    /** Where the heaviest cause was seen. */
    record Origin(String type, String id) {}

    /** Empty where nothing lowers the score. */
    Optional<Origin> origin() {
        for (var cause : answer.path("cause")) {
            if (cause.path("weight").asInt() > 0) {
                return Optional.of(new Origin(
                        cause.path("type").asString(), cause.path("id").asString()));
            }
        }
        return Optional.empty();
    }

    /** @param others further instances of services that the heaviest cause hits */
    List<String> lines(List<String> others) {
        var lines = new ArrayList<String>();
        lines.add(
                service + ": " + score(answer.path("path").path(0).path("score").asInt()));
        var shown = 0;
        for (var cause : answer.path("cause")) {
            if (shown < CAUSES && (cause.path("weight").asInt() > 0 || shown == 0)) {
                shown++;
                cause(shown, cause, lines);
            }
        }
        var more = answer.path("causes").asInt() - shown;
        if (more > 0) {
            lines.add("  and " + more + " more " + (more == 1 ? "symptom" : "symptoms"));
        }
        lines.add("  rests on " + restsOn());
        if (!others.isEmpty()) {
            lines.add("  the first cause also hits "
                    + String.join(", ", others.subList(0, Math.min(OTHERS, others.size())))
                    + (others.size() > OTHERS ? " and " + (others.size() - OTHERS) + " more services" : ""));
        }
        return lines;
    }

    private static void cause(int number, JsonNode cause, List<String> lines) {
        var weight = cause.path("weight").asInt();
        lines.add("  " + number + ". " + cause.path("description").asString() + " (" + kind(cause) + " "
                + cause.path("id").asString() + ", "
                + (weight == 0 ? "for information" : "-" + weight) + ", since "
                + cause.path("since").asString().replaceFirst("\\.[0-9]+", "") + ")");
        var via = new StringJoiner(" > ");
        cause.path("via").forEach(v -> via.add(v.path("id").asString()));
        if (via.length() > 0) {
            lines.add("     by way of " + via);
        }
        if (cause.has("condition")) {
            var values = new StringJoiner(", ");
            cause.path("value")
                    .forEach(v -> values.add(v.path("metric").asString() + " = "
                            + v.path("value").asString()));
            lines.add("     " + cause.path("condition").asString().strip().replaceAll("\\s+", " ") + "; now " + values);
        }
    }

    private static String kind(JsonNode cause) {
        return cause.path("type").asString().replaceFirst("^.*:", "").replaceFirst("-type$", "");
    }

    private String restsOn() {
        var counts = answer.path("rests-on");
        var all = 0;
        var parts = new StringJoiner(", ");
        for (var state : List.of("well", "degraded", "broken", "unknown")) {
            var count = counts.path(state).asInt();
            all += count;
            if (count > 0) {
                parts.add(count + " " + state);
            }
        }
        return all + (all == 1 ? " subservice: " : " subservices: ") + parts;
    }

    private static String score(int score) {
        return switch (score) {
            case -1 -> "score unknown (-1)";
            case 100 -> "score 100, fully operational";
            case 0 -> "score 0, broken";
            default -> "score " + score + ", degraded";
        };
    }
}
