package io.auspex.packs;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.expressions.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code cases.yaml}: what the tests of a pack do and expect. */
final class CaseReader {
    private static final Pattern AT = Pattern.compile("([0-9]{1,5})(s|m)");
    private static final Duration LONGEST = Duration.ofHours(2);

    private final PackFile file;
    private final Pack pack;

    private CaseReader(PackFile file, Pack pack) {
        this.file = file;
        this.pack = pack;
    }

    static List<PackCase> read(PackFile file, Pack pack) throws PackException {
        CaseReader reader = new CaseReader(file, pack);
        List<PackCase> cases = new ArrayList<>();
        for (YamlNode node :
                Fields.of(file, YamlReader.read(file), Set.of("cases")).list("cases")) {
            cases.add(reader.packCase(node));
        }
        return cases;
    }

    private PackCase packCase(YamlNode node) throws PackException {
        Fields fields = Fields.of(file, node, Set.of("name", "type", "parameters", "steps"));
        SubserviceType type = type(fields);
        Map<String, String> parameters = new LinkedHashMap<>();
        type.parameters().forEach(name -> parameters.put(name, name));
        for (Map.Entry<String, YamlNode.Entry> entry :
                fields.entries("parameters").entrySet()) {
            requireKnown("parameter", entry, type.parameters());
            parameters.put(
                    entry.getKey(), fields.asScalar(entry.getValue().value()).text());
        }
        List<PackCase.Step> steps = new ArrayList<>();
        Duration last = Duration.ZERO;
        for (YamlNode step : fields.list("steps")) {
            steps.add(step(step, type, last));
            last = steps.getLast().at();
        }
        return new PackCase(fields.text("name"), type.identity(), parameters, steps, node.place());
    }

    private SubserviceType type(Fields fields) throws PackException {
        if (!fields.has("type") && pack.types().size() == 1) {
            return pack.types().getFirst();
        }
        YamlNode.Scalar name = fields.scalar("type");
        for (SubserviceType type : pack.types()) {
            if (type.identity().equals(name.text())) {
                return type;
            }
        }
        List<String> known = pack.types().stream().map(SubserviceType::identity).toList();
        throw PackException.at(
                file, name.place(), "the pack has no type '" + name.text() + "'" + Nearest.hint(name.text(), known));
    }

    private PackCase.Step step(YamlNode node, SubserviceType type, Duration last) throws PackException {
        Fields fields = Fields.of(file, node, Set.of("at", "values", "silent", "expect"));
        YamlNode.Scalar at = fields.scalar("at");
        Matcher matcher = AT.matcher(at.text());
        if (!matcher.matches()) {
            throw PackException.at(file, at.place(), "expected a time such as 0s or 5m, got " + at.kind());
        }
        long count = Long.parseLong(matcher.group(1));
        Duration time = matcher.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count);
        if (time.compareTo(last) < 0 || time.compareTo(LONGEST) > 0) {
            throw PackException.at(
                    file,
                    at.place(),
                    "expected a time from " + last.toSeconds() + "s to " + LONGEST.toHours() + " hours");
        }
        List<String> known = type.metrics().stream().map(MetricDefinition::name).toList();
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, YamlNode.Entry> entry : fields.entries("values").entrySet()) {
            requireKnown("metric", entry, known);
            values.put(entry.getKey(), fields.asScalar(entry.getValue().value()).text());
        }
        return new PackCase.Step(time, values, fields.truth("silent"), expected(fields), node.place());
    }

    private PackCase.@Nullable Expected expected(Fields step) throws PackException {
        YamlNode node = step.find("expect");
        if (node == null) {
            return null;
        }
        Fields fields = Fields.of(file, node, Set.of("score", "symptoms"));
        YamlNode.Scalar score = fields.scalar("score");
        if (!score.text().matches("unknown|[0-9]{1,2}|100")) {
            throw PackException.at(
                    file, score.place(), "expected a score from 0 to 100 or unknown, got " + score.kind());
        }
        return new PackCase.Expected(
                score.text().equals("unknown") ? -1 : Integer.parseInt(score.text()),
                fields.has("symptoms")
                        ? fields.texts("symptoms").stream().sorted().toList()
                        : null,
                node.place());
    }

    private void requireKnown(String what, Map.Entry<String, YamlNode.Entry> entry, List<String> known)
            throws PackException {
        if (!known.contains(entry.getKey())) {
            throw PackException.at(
                    file,
                    entry.getValue().key(),
                    "unknown " + what + " '" + entry.getKey() + "'" + Nearest.hint(entry.getKey(), known));
        }
    }
}
