package io.auspex.packs;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.PathException;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.expressions.Nearest;
import io.auspex.expressions.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of a pack and where devices keep them. */
final class MetricReader {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(s|m|h)");
    private static final Pattern REVISION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final List<String> TYPES = List.of("num", "bool", "text", "counter32", "counter64");

    private final PackFile file;
    private final Map<String, String> namespaces;

    MetricReader(PackFile file, Map<String, String> namespaces) {
        this.file = file;
        this.namespaces = namespaces;
    }

    MetricDefinition metric(String name, YamlNode node, List<String> parameters) throws PackException {
        Fields fields = Fields.of(
                file,
                node,
                Set.of(
                        "type",
                        "unit",
                        "description",
                        "optional",
                        "period",
                        "stale-after",
                        "source",
                        "implementations"));
        YamlNode.Scalar type = fields.scalar("type");
        if (!TYPES.contains(type.text())) {
            throw PackException.at(
                    file, type.place(), "unknown type '" + type.text() + "'" + Nearest.hint(type.text(), TYPES));
        }
        return new MetricDefinition(
                name,
                ValueType.named(type.text()).orElse(ValueType.NUM),
                fields.textOrNull("unit"),
                fields.truth("optional"),
                switch (type.text()) {
                    case "counter32" -> 32;
                    case "counter64" -> 64;
                    default -> 0;
                },
                span(fields.findScalar("period")),
                span(fields.findScalar("stale-after")),
                source(fields, node, type, parameters));
    }

    private MetricSource source(Fields fields, YamlNode node, YamlNode.Scalar type, List<String> parameters)
            throws PackException {
        YamlNode.Scalar source = fields.findScalar("source");
        if ((source == null) == !fields.has("implementations")) {
            throw PackException.at(file, node.place(), "expected either 'source' or 'implementations'");
        }
        if (source != null) {
            return switch (source.text()) {
                case "session" -> known(new MetricSource.Session(), "text", type);
                case "contact" -> known(new MetricSource.Contact(), "bool", type);
                case "clock-skew" -> known(new MetricSource.ClockSkew(), "num", type);
                case "reported" -> new MetricSource.Reported();
                default ->
                    throw PackException.at(
                            file,
                            source.place(),
                            "expected session, contact, clock-skew or reported, got " + source.kind());
            };
        }
        List<MetricImplementation> candidates = new ArrayList<>();
        for (YamlNode candidate : fields.list("implementations")) {
            candidates.add(implementation(candidate, parameters));
        }
        try {
            return new MetricSource.Device(candidates);
        } catch (IllegalArgumentException e) {
            throw PackException.at(file, node.place(), String.valueOf(e.getMessage()));
        }
    }

    private MetricSource known(MetricSource source, String wanted, YamlNode.Scalar type) throws PackException {
        if (!type.text().equals(wanted)) {
            throw PackException.at(
                    file, type.place(), "a metric of this source has the type " + wanted + ", got " + type.text());
        }
        return source;
    }

    private MetricImplementation implementation(YamlNode node, List<String> parameters) throws PackException {
        Fields fields = Fields.of(
                file, node, Set.of("module", "revision", "for", "namespaces", "path", "values", "absent", "scale"));
        YamlNode.Scalar revision = fields.findScalar("revision");
        if (revision != null && !REVISION.matcher(revision.text()).matches()) {
            throw PackException.at(
                    file, revision.place(), "expected a revision such as 2018-02-20, got " + revision.kind());
        }
        YamlNode.Scalar scalar = fields.scalar("path");
        PathTemplate path = path(scalar, parameters);
        Map<String, String> prefixes = new LinkedHashMap<>(namespaces);
        prefixes.putAll(fields.textMap("namespaces"));
        try {
            return new MetricImplementation(
                    fields.text("module"),
                    revision == null ? null : revision.text(),
                    prefixes,
                    path,
                    fields.textMap("values"),
                    new LinkedHashSet<>(fields.texts("absent")),
                    scale(fields.findScalar("scale")),
                    platform(fields.find("for")));
        } catch (IllegalArgumentException e) {
            throw PackException.at(file, scalar.place(), String.valueOf(e.getMessage()));
        }
    }

    private PathTemplate path(YamlNode.Scalar scalar, List<String> parameters) throws PackException {
        PathTemplate path;
        try {
            path = PathTemplate.of(scalar.text());
        } catch (PathException e) {
            throw PackException.at(
                    file,
                    new Place(scalar.place().line(), scalar.place().column() + e.offset()),
                    String.valueOf(e.getMessage()));
        }
        for (String parameter : path.parameters()) {
            if (!parameters.contains(parameter)) {
                throw PackException.at(
                        file,
                        scalar.place(),
                        "unknown parameter '" + parameter + "' in the path" + Nearest.hint(parameter, parameters));
            }
        }
        return path;
    }

    private Platform platform(@Nullable YamlNode node) throws PackException {
        if (node == null) {
            return Platform.ANY;
        }
        Fields fields = Fields.of(file, node, Set.of("vendor", "model", "os", "version"));
        return new Platform(
                fields.textOrNull("vendor"),
                fields.textOrNull("model"),
                fields.textOrNull("os"),
                fields.textOrNull("version"));
    }

    private double scale(YamlNode.@Nullable Scalar scalar) throws PackException {
        if (scalar == null) {
            return 1;
        }
        try {
            double scale = Double.parseDouble(scalar.text());
            if (Double.isFinite(scale) && scale != 0) {
                return scale;
            }
        } catch (NumberFormatException e) {
            throw PackException.at(file, scalar.place(), "expected a number, got " + scalar.kind());
        }
        throw PackException.at(file, scalar.place(), "expected a number other than 0, got " + scalar.kind());
    }

    private @Nullable Duration span(YamlNode.@Nullable Scalar scalar) throws PackException {
        if (scalar == null) {
            return null;
        }
        Matcher matcher = SPAN.matcher(scalar.text());
        if (!matcher.matches() || matcher.group(1).matches("0+")) {
            throw PackException.at(
                    file, scalar.place(), "expected a span of time such as 30s, 5m or 1h, got " + scalar.kind());
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
