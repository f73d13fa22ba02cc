package io.auspex.packs;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.ReportedValue;
import io.auspex.assuranceengine.SubserviceStatus;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One case on an engine of its own, whose clock runs as fast as the case allows; values come in again every ten seconds. */
final class CaseRun {
    private static final int PERIOD = 10;

    private final PackFile file;
    private final PackCase packCase;
    private final SubserviceType type;
    private final SubserviceId id;
    private final @Nullable String device;
    private final AssuranceEngine engine;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private boolean silent;
    private long second;

    CaseRun(PackFile file, PackCase packCase, SubserviceType type) {
        this.file = file;
        this.packCase = packCase;
        this.type = type;
        this.id = new SubserviceId(type.identity(), "case");
        this.device =
                type.deviceParameter() == null ? null : packCase.parameters().get(type.deviceParameter());
        this.engine = new AssuranceEngine(
                EngineConfig.of("pack-test"),
                new Catalogue(List.of(type)),
                () -> Instant.EPOCH.plusSeconds(second),
                () -> second * 1_000_000_000L);
    }

    /** Runs the case; returns what was not as expected, empty where all was. */
    List<String> run() {
        try {
            engine.commit(GraphChange.put(new Subservice(id, packCase.parameters(), List.of())));
        } catch (GraphFaultsException e) {
            throw new IllegalStateException("one subservice without dependencies was refused", e);
        }
        engine.runPending();
        for (PackCase.Step step : packCase.steps()) {
            passUntil(step.at().toSeconds());
            values.putAll(step.values());
            silent = step.silent() || silent && step.values().isEmpty();
            answer();
            if (step.expected() != null) {
                compare(step, step.expected());
            }
        }
        return failures;
    }

    private void passUntil(long end) {
        while (second < end) {
            second++;
            if (second % PERIOD == 0 && second < end) {
                answer();
            } else {
                engine.runPending();
            }
        }
    }

    private void answer() {
        if (!silent) {
            MetricBatch batch = new MetricBatch();
            for (MetricDefinition metric : type.metrics()) {
                String text = values.get(metric.name());
                if (text != null) {
                    answer(metric, text, batch);
                }
            }
            engine.offer(batch);
        }
        engine.runPending();
    }

    private void answer(MetricDefinition metric, String text, MetricBatch batch) {
        switch (metric.source()) {
            case MetricSource.Device(var candidates) -> {
                for (CollectionItem item :
                        engine.collectionPlan(String.valueOf(device)).items()) {
                    if (item.implementation() == candidates.getFirst()) {
                        if (text.isEmpty()) {
                            batch.missing(item, "recorded as missing");
                        } else {
                            batch.answer(item, text);
                        }
                    }
                }
            }
            case MetricSource.Session _ -> {
                for (SessionState state : SessionState.values()) {
                    if (state.text().equals(text)) {
                        engine.sessionChanged(new DeviceSession(
                                String.valueOf(device), state, "", Instant.EPOCH.plusSeconds(second)));
                    }
                }
            }
            case MetricSource.Contact _ -> {}
            case MetricSource.ClockSkew _ -> {
                if (metric.reported(text) instanceof Value.Num(var seconds)) {
                    engine.clockMeasured(String.valueOf(device), Duration.ofMillis(Math.round(seconds * 1000)));
                }
            }
            case MetricSource.Reported _ ->
                engine.report(List.of(new ReportedValue(id, metric.name(), metric.reported(text))));
        }
    }

    private void compare(PackCase.Step step, PackCase.Expected expected) {
        SubserviceStatus status = engine.snapshot().status(id).orElseThrow();
        int score = status.health().wireValue();
        List<String> symptoms =
                status.activeSymptoms().stream().map(Symptom::name).sorted().toList();
        if (score != expected.score()) {
            fail(step, expected, "score " + shown(expected.score()), shown(score) + because(status));
        }
        if (expected.symptoms() != null && !expected.symptoms().equals(symptoms)) {
            fail(step, expected, "symptoms " + expected.symptoms(), symptoms + because(status));
        }
    }

    private void fail(PackCase.Step step, PackCase.Expected expected, String wanted, String got) {
        failures.add("%s:%d:%d: %s: at %ds expected %s, got %s"
                .formatted(
                        file.name(),
                        expected.place().line(),
                        expected.place().column(),
                        packCase.name(),
                        step.at().toSeconds(),
                        wanted,
                        got));
    }

    private static String shown(int score) {
        return score < 0 ? "unknown" : Integer.toString(score);
    }

    private static String because(SubserviceStatus status) {
        List<String> lines = status.activeSymptoms().stream()
                .map(s -> s.name() + " (" + s.weight() + "): " + s.description())
                .toList();
        return lines.isEmpty() ? "" : "\n  " + String.join("\n  ", lines);
    }
}
