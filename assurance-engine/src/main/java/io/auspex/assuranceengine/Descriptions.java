package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.assuranceengine.catalogue.TextTemplate;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.expressions.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words for what the writer sees: descriptions of symptoms, and metrics as values. */
final class Descriptions {
    private final EngineState state;

    Descriptions(EngineState state) {
        this.state = state;
    }

    /** The description of a rule's symptom, with parameters and metrics filled in. */
    String of(int node, CompiledType type, SymptomRule rule) {
        if (rule.description().indexOf('{') < 0) {
            return rule.description();
        }
        Map<String, String> values = new HashMap<>();
        for (int m = 0; m < type.metrics; m++) {
            Value value = value(node, type, m);
            values.put(type.metric(m).name(), value instanceof Value.Text(var text) ? text : value.toString());
        }
        values.put("id", state.nodes.at(node).id().id());
        values.putAll(state.nodes.at(node).subservice().parameters());
        return TextTemplate.of(rule.description()).fill(values::get);
    }

    /** What a symptom of the engine itself says about a subservice. */
    String of(int node, @Nullable CompiledType type, EngineSymptom symptom) {
        var subservice = state.nodes.at(node).subservice();
        Device device = state.deviceOf(node);
        String from = device == null ? "" : " from " + device.name;
        String who = device == null ? "the source" : device.name;
        String which = type == null ? "" : metricsWith(node, type, symptom, _ -> true);
        return switch (symptom) {
            case UNDER_MAINTENANCE -> "Under Maintenance (contact: " + subservice.maintenanceContact() + ")";
            case TYPE_UNSUPPORTED ->
                "no pack knows subservices of type " + subservice.id().type();
            case MODEL_MISSING -> unserved(node, type, who);
            case METRIC_UNSUPPORTED -> who + " has no value for " + which;
            case METRIC_INVALID -> who + " sent what cannot be used for " + which;
            case METRIC_MISSING -> who + " answered without " + which;
            case METRIC_STALE -> "no fresh value of " + which + from + session(device);
            case NO_REDUNDANCY -> symptom.description();
            case NOT_YET_COMPUTED -> "no value yet of " + which + from + session(device);
        };
    }

    private String unserved(int node, @Nullable CompiledType type, String who) {
        if (type == null) {
            return who + " implements none of its YANG modules";
        }
        String noModule =
                metricsWith(node, type, EngineSymptom.MODEL_MISSING, m -> !isForOtherPlatforms(node, type, m));
        String otherPlatforms =
                metricsWith(node, type, EngineSymptom.MODEL_MISSING, m -> isForOtherPlatforms(node, type, m));
        return Stream.of(
                        noModule.isEmpty() ? "" : who + " implements no YANG module that has " + noModule,
                        otherPlatforms.isEmpty()
                                ? ""
                                : "no implementation is for the platform of " + who + ": " + otherPlatforms)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private boolean isForOtherPlatforms(int node, CompiledType type, int m) {
        Device device = state.deviceOf(node);
        return device != null
                && type.metric(m).source() instanceof MetricSource.Device source
                && !device.isServedSomehow(source);
    }

    private static String session(@Nullable Device device) {
        if (device == null) {
            return "";
        }
        if (device.session == null) {
            return " (there is no session with it)";
        }
        if (device.session.state() == SessionState.UP) {
            return "";
        }
        String detail = device.session.detail();
        return " (session " + device.session.state().text() + (detail.isEmpty() ? "" : ": " + detail) + ")";
    }

    private String metricsWith(int node, CompiledType type, EngineSymptom symptom, IntPredicate wanted) {
        return IntStream.range(0, type.metrics)
                .filter(wanted)
                .filter(m -> (OwnHealth.conditions(state.slots, type, m, state.nodes.base(node) + m)
                                & 1 << symptom.ordinal())
                        != 0)
                .mapToObj(m -> named(node, type, m, symptom))
                .collect(Collectors.joining(", "));
    }

    private String named(int node, CompiledType type, int m, EngineSymptom symptom) {
        String reason = state.slots.reason(state.nodes.base(node) + m);
        String name = type.metric(m).name();
        boolean places = symptom == EngineSymptom.MODEL_MISSING || symptom == EngineSymptom.METRIC_UNSUPPORTED;
        if (places && type.metric(m).source() instanceof MetricSource.Device(List<MetricImplementation> candidates)) {
            return name + " ("
                    + candidates.stream().map(MetricImplementation::name).collect(Collectors.joining(", ")) + ")";
        }
        return name + (reason == null ? "" : ": " + reason);
    }

    /** The newest value of a metric, stale ones included. */
    Value value(int node, CompiledType type, int m) {
        int slot = state.nodes.base(node) + m;
        double value = state.slots.lastValue(slot);
        if (!Double.isNaN(value)) {
            return switch (type.valueType(m)) {
                case NUM -> new Value.Num(value);
                case BOOL -> new Value.Bool(value == 1);
                case TEXT -> new Value.Text(state.texts.text((int) value));
            };
        }
        String reason = state.slots.reason(slot);
        return new Value.Absent(
                switch (state.slots.kind(slot)) {
                    case MetricSlots.MISSING -> reason == null || reason.isEmpty() ? "not served" : reason;
                    case MetricSlots.INVALID -> reason == null ? "invalid" : reason;
                    case MetricSlots.UNSUPPORTED -> "the device has it in none of the places where it may be";
                    case MetricSlots.MODEL_MISSING ->
                        isForOtherPlatforms(node, type, m)
                                ? "all places where it may be are those of other platforms"
                                : "the device implements no module that has it";
                    default -> "no value yet";
                });
    }
}
