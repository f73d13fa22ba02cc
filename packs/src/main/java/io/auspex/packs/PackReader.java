package io.auspex.packs;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.assuranceengine.catalogue.SymptomSemantics;
import io.auspex.expressions.CheckedExpression;
import io.auspex.expressions.ExpressionException;
import io.auspex.expressions.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code pack.yaml}: subservice types, their metrics and symptoms, all checked. */
final class PackReader {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(?:-[a-z_][a-z0-9_]*)*");
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*:[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Set<String> PLANES = Set.of("forwarding", "control", "management");

    private final PackFile file;
    private final MetricReader metrics;

    private PackReader(PackFile file, MetricReader metrics) {
        this.file = file;
        this.metrics = metrics;
    }

    static Pack read(PackFile file) throws PackException {
        Fields fields =
                Fields.of(file, YamlReader.read(file), Set.of("pack", "description", "namespaces", "subservices"));
        PackReader reader = new PackReader(file, new MetricReader(file, fields.textMap("namespaces")));
        List<SubserviceType> types = new ArrayList<>();
        for (YamlNode node : fields.list("subservices")) {
            types.add(reader.type(node));
        }
        if (types.isEmpty()) {
            throw PackException.of(file.name(), "expected at least one entry of 'subservices'");
        }
        return new Pack(fields.text("pack"), fields.textOr("description", ""), types);
    }

    private SubserviceType type(YamlNode node) throws PackException {
        Fields fields = Fields.of(file, node, Set.of("type", "label", "parameters", "device", "metrics", "symptoms"));
        String identity = fields.text("type");
        if (!IDENTITY.matcher(identity).matches()) {
            throw PackException.at(
                    file,
                    fields.scalar("type").place(),
                    "expected a module-qualified identity such as ietf-service-assurance-interface:interface-type");
        }
        List<String> parameters = fields.texts("parameters");
        String device = fields.has("device") ? fields.text("device") : null;
        List<MetricDefinition> definitions = new ArrayList<>();
        for (Map.Entry<String, YamlNode.Entry> entry : fields.entries("metrics").entrySet()) {
            requireName("metric", entry);
            definitions.add(metrics.metric(entry.getKey(), entry.getValue().value(), parameters));
        }
        List<SymptomRule> rules = new ArrayList<>();
        for (Map.Entry<String, YamlNode.Entry> entry :
                fields.entries("symptoms").entrySet()) {
            requireName("symptom", entry);
            rules.add(rule(entry.getKey(), entry.getValue().value(), definitions));
        }
        try {
            return new SubserviceType(
                    identity, parameters, device, fields.textOr("label", identity), definitions, rules);
        } catch (IllegalArgumentException e) {
            throw PackException.at(file, node.place(), String.valueOf(e.getMessage()));
        }
    }

    private SymptomRule rule(String name, YamlNode node, List<MetricDefinition> metrics) throws PackException {
        Fields fields = Fields.of(
                file, node, Set.of("when", "clear", "weight", "description", "action", "reason", "cause", "plane"));
        YamlNode.Scalar clear = fields.findScalar("clear");
        return new SymptomRule(
                name,
                expression(fields.scalar("when"), metrics, ValueType.BOOL),
                clear == null ? null : expression(clear, metrics, ValueType.BOOL),
                weight(fields.scalar("weight"), metrics),
                fields.text("description"),
                semantics(fields, node));
    }

    private CheckedExpression weight(YamlNode.Scalar scalar, List<MetricDefinition> metrics) throws PackException {
        if (scalar.text().matches("-?[0-9.]+")) {
            double weight = Double.parseDouble(scalar.text());
            if (weight < 0 || weight > 100 || weight != Math.rint(weight)) {
                throw PackException.at(file, scalar.place(), "expected a weight from 0 to 100, got " + scalar.text());
            }
        }
        return expression(scalar, metrics, ValueType.NUM);
    }

    private CheckedExpression expression(YamlNode.Scalar scalar, List<MetricDefinition> metrics, ValueType wanted)
            throws PackException {
        try {
            return CheckedExpression.of(scalar.text(), SubserviceType.metricTypes(metrics), wanted)
                    .inUnits(SubserviceType.metricUnits(metrics));
        } catch (ExpressionException e) {
            throw PackException.at(file, placeIn(scalar, e), e.problem());
        }
    }

    /** Where in the file a place within a value is: exact for values on one line, else the start of the value. */
    private Place placeIn(YamlNode.Scalar scalar, ExpressionException e) {
        Place start = scalar.place();
        String rest = file.line(start.line())
                .substring(Math.min(start.column() - 1, file.line(start.line()).length()));
        int text = rest.indexOf(scalar.text());
        return text < 0 ? start : new Place(start.line(), start.column() + text + e.offset());
    }

    private @Nullable SymptomSemantics semantics(Fields fields, YamlNode node) throws PackException {
        if (!fields.has("action") && !fields.has("reason") && !fields.has("cause") && !fields.has("plane")) {
            return null;
        }
        if (!fields.has("action") || !fields.has("reason") || !fields.has("plane")) {
            throw PackException.at(file, node.place(), "expected 'action', 'reason' and 'plane' together, or none");
        }
        YamlNode.Scalar plane = fields.scalar("plane");
        if (!PLANES.contains(plane.text())) {
            throw PackException.at(
                    file, plane.place(), "expected forwarding, control or management, got " + plane.kind());
        }
        return new SymptomSemantics(
                fields.text("action"),
                fields.text("reason"),
                fields.has("cause") ? fields.text("cause") : null,
                plane.text());
    }

    private void requireName(String what, Map.Entry<String, YamlNode.Entry> entry) throws PackException {
        if (!NAME.matcher(entry.getKey()).matches() || entry.getKey().length() > 64) {
            throw PackException.at(
                    file,
                    entry.getValue().key(),
                    "expected a " + what + "'s name of lower-case words joined by hyphens, at most 64 characters, got '"
                            + entry.getKey() + "'");
        }
    }
}
