package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.expressions.ProgramInput;
import io.auspex.expressions.Samples;
import io.auspex.expressions.WindowCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Evaluates what a subservice's own metrics say: symptoms first, then the score (RFC 9418 §3.2). */
final class OwnHealth implements ProgramInput {
    private static final EngineSymptom[] ENGINE_SYMPTOMS = EngineSymptom.values();

    private static final int[] NO_RULES = {};

    private final EngineState state;
    private final Descriptions descriptions;
    private double[] registers = new double[16];
    private int current;
    private int currentBase;
    private @Nullable CompiledType currentType;

    OwnHealth(EngineState state, Descriptions descriptions) {
        this.state = state;
        this.descriptions = descriptions;
    }

    /** Evaluates a subservice; returns whether its own health or its symptoms changed. */
    boolean evaluate(int node) {
        Nodes nodes = state.nodes;
        CompiledType type = nodes.type(node);
        int dirty = nodes.takeDirty(node);
        int conditions = nodes.isFlagged(node) ? 1 << EngineSymptom.UNDER_MAINTENANCE.ordinal() : 0;
        int[] rules = NO_RULES;
        if (type == null) {
            conditions |= 1 << EngineSymptom.TYPE_UNSUPPORTED.ordinal();
        } else {
            int base = nodes.base(node);
            for (int m = 0; m < type.metrics; m++) {
                conditions |= conditions(state.slots, type, m, base + m);
            }
            rules = run(node, type, dirty);
        }
        byte before = nodes.own(node);
        if (conditions == 0 && !nodes.hasSymptoms(node) && (type == null || !anyHolds(type, rules))) {
            nodes.setOwn(node, HealthCode.PERFECT);
            return before != HealthCode.PERFECT;
        }
        OwnSymptoms old = state.states.symptoms(node);
        OwnSymptoms symptoms = type == null ? old : applyRules(node, type, rules, old);
        symptoms = applyConditions(node, type, conditions, symptoms);
        byte own = ownHealth(node, type, conditions, symptoms);
        nodes.setOwn(node, own);
        if (symptoms == old) {
            return own != before;
        }
        state.changes.touch(node);
        nodes.setHasSymptoms(node, !symptoms.active().isEmpty());
        state.states.setSymptoms(node, collected(node, symptoms));
        return true;
    }

    /** Runs what the changed metrics touch; returns the rules concerned. */
    private int[] run(int node, CompiledType type, int dirty) {
        if (dirty == 0) {
            return NO_RULES;
        }
        if (Integer.bitCount(dirty) > 1) {
            run(type.allCode(), node, type);
            return type.allRules();
        }
        int metric = Integer.numberOfTrailingZeros(dirty);
        run(type.codeOfMetric(metric), node, type);
        return type.rulesOfMetric(metric);
    }

    private boolean anyHolds(CompiledType type, int[] rules) {
        for (int rule : rules) {
            if (type.condition(rule, registers) == 1) {
                return true;
            }
        }
        return false;
    }

    /** The engine's symptoms that a metric gives rise to, one bit each. */
    static int conditions(MetricSlots slots, CompiledType type, int m, int slot) {
        int kind = slots.kind(slot);
        int stale = slots.isStale(slot) ? 1 << EngineSymptom.METRIC_STALE.ordinal() : 0;
        if (kind == MetricSlots.PRESENT) {
            return stale;
        }
        boolean optional = type.metric(m).optional();
        return stale
                | switch (kind) {
                    case MetricSlots.INVALID -> 1 << EngineSymptom.METRIC_INVALID.ordinal();
                    case MetricSlots.MISSING -> optional ? 0 : 1 << EngineSymptom.METRIC_MISSING.ordinal();
                    case MetricSlots.UNSUPPORTED -> optional ? 0 : 1 << EngineSymptom.METRIC_UNSUPPORTED.ordinal();
                    case MetricSlots.MODEL_MISSING -> optional ? 0 : 1 << EngineSymptom.MODEL_MISSING.ordinal();
                    default -> optional ? 0 : 1 << EngineSymptom.NOT_YET_COMPUTED.ordinal();
                };
    }

    private OwnSymptoms applyRules(int node, CompiledType type, int[] rules, OwnSymptoms before) {
        OwnSymptoms symptoms = before;
        for (int rule : rules) {
            double condition = type.condition(rule, registers);
            if (condition == 0 && symptoms.active().isEmpty()) {
                continue;
            }
            Symptom active = symptoms.find(rule);
            if (condition == 1) {
                int weight = type.weight(rule, registers);
                if (active == null) {
                    symptoms = symptoms.starting(rule, start(node, type, rule, weight));
                } else if (active.weight() != weight) {
                    symptoms = symptoms.replacing(rule, active.weighing(weight));
                }
            } else if (condition == 0 && active != null && type.isCleared(rule, registers)) {
                symptoms = symptoms.stopping(rule, active.stoppedAt(state.now));
            }
        }
        return symptoms;
    }

    private Symptom start(int node, CompiledType type, int number, int weight) {
        SymptomRule rule = type.rule(number);
        return new Symptom(
                state.config.agentId(),
                state.symptomIds.next(rule.name()),
                rule.name(),
                state.nodes.at(node).id(),
                weight,
                state.now,
                null,
                descriptions.of(node, type, rule),
                rule.semantics());
    }

    private OwnSymptoms applyConditions(int node, @Nullable CompiledType type, int conditions, OwnSymptoms before) {
        OwnSymptoms symptoms = before;
        if (conditions == 0 && symptoms.active().isEmpty()) {
            return symptoms;
        }
        for (EngineSymptom kind : ENGINE_SYMPTOMS) {
            if (kind == EngineSymptom.NO_REDUNDANCY) {
                continue;
            }
            int rule = OwnSymptoms.ruleOf(kind);
            boolean holds = (conditions & 1 << kind.ordinal()) != 0;
            Symptom active = symptoms.find(rule);
            if (holds && active == null) {
                symptoms = symptoms.starting(
                        rule, start(node, kind, EngineSymptom.WEIGHT, descriptions.of(node, type, kind)));
            } else if (!holds && active != null) {
                // That nothing was known before the first value is not worth keeping.
                boolean kept = kind != EngineSymptom.NOT_YET_COMPUTED;
                symptoms = symptoms.stopping(rule, kept ? active.stoppedAt(state.now) : null);
                if (!kept) {
                    state.states.setHistoryStart(node, state.now.toEpochMilli());
                }
            }
        }
        return symptoms;
    }

    private Symptom start(int node, EngineSymptom kind, int weight, String description) {
        return new Symptom(
                state.config.agentId(),
                state.symptomIds.next(kind.text()),
                kind.text(),
                state.nodes.at(node).id(),
                weight,
                state.now,
                null,
                description,
                null);
    }

    /** Starts or ends the symptom that a group of dependencies has none to spare any more; null where there is no such group. */
    void setLostRedundancy(int node, Combination.@Nullable Group lost) {
        OwnSymptoms before = state.states.symptoms(node);
        int rule = OwnSymptoms.ruleOf(EngineSymptom.NO_REDUNDANCY);
        Symptom active = before.find(rule);
        OwnSymptoms symptoms;
        if (lost == null) {
            symptoms = active == null ? before : before.stopping(rule, active.stoppedAt(state.now));
        } else if (active == null) {
            String description =
                    "No redundancy: of the %d dependencies of group '%s' no more than the %d that are needed work"
                            .formatted(lost.members().length, lost.name(), lost.needed());
            symptoms = before.starting(rule, start(node, EngineSymptom.NO_REDUNDANCY, lost.weight(), description));
        } else {
            symptoms =
                    active.weight() == lost.weight() ? before : before.replacing(rule, active.weighing(lost.weight()));
        }
        if (symptoms != before) {
            state.changes.touch(node);
            state.nodes.setHasSymptoms(node, !symptoms.active().isEmpty());
            state.states.setSymptoms(node, collected(node, symptoms));
        }
    }

    private byte ownHealth(int node, @Nullable CompiledType type, int conditions, OwnSymptoms symptoms) {
        int weight = 0;
        for (OwnSymptoms.Active active : symptoms.active()) {
            weight += active.rule() >= 0 ? active.symptom().weight() : 0;
        }
        int unknown = conditions & ~(1 << EngineSymptom.UNDER_MAINTENANCE.ordinal());
        if (unknown == 0) {
            return (byte) Math.max(0, 100 - weight);
        }
        if (type != null && weight >= 100 && freshWeight(node, type, symptoms) >= 100) {
            return 0;
        }
        EngineSymptom first = ENGINE_SYMPTOMS[Integer.numberOfTrailingZeros(unknown)];
        Device device = state.deviceOf(node);
        boolean silent = first == EngineSymptom.METRIC_STALE || first == EngineSymptom.NOT_YET_COMPUTED;
        return HealthCode.unknown(
                silent && device != null && device.session != null && !device.isUp()
                        ? Health.Reason.DEVICE_UNREACHABLE
                        : first.reason());
    }

    /** What the symptoms weigh whose condition holds on fresh values: those alone can tell that a subservice is broken. */
    private int freshWeight(int node, CompiledType type, OwnSymptoms symptoms) {
        run(type.allCode(), node, type);
        int weight = 0;
        for (OwnSymptoms.Active active : symptoms.active()) {
            if (active.rule() >= 0 && type.condition(active.rule(), registers) == 1) {
                weight += active.symptom().weight();
            }
        }
        return weight;
    }

    /** Without the ended symptoms that are too many or too old; then the history starts later. */
    OwnSymptoms collected(int node, OwnSymptoms symptoms) {
        Instant oldest = state.now.minus(state.config.historyAge());
        OwnSymptoms kept = symptoms.collected(state.config.historyLength(), oldest);
        if (kept != symptoms) {
            Symptom last =
                    symptoms.ended().get(symptoms.ended().size() - kept.ended().size() - 1);
            Instant stop = last.stop();
            state.states.setHistoryStart(node, (stop == null ? state.now : stop).toEpochMilli());
        }
        return kept;
    }

    private void run(int[] code, int node, CompiledType type) {
        current = node;
        currentType = type;
        currentBase = state.nodes.base(node);
        type.program.run(code, this, registers(type));
    }

    @Override
    public double metric(int number) {
        return state.slots.value(currentBase + number);
    }

    /** The past of a metric of the subservice that is being evaluated. */
    @Override
    public double window(int number) {
        CompiledType type = currentType;
        @Nullable Samples[] pasts = state.pasts.get(current);
        if (type == null || pasts == null) {
            return Double.NaN;
        }
        WindowCall call = type.program.windows().get(number);
        Samples past = pasts[call.metric()];
        // A stale metric's past tells no more than its newest value.
        boolean stale = state.slots.isStale(state.nodes.base(current) + call.metric());
        return past == null || stale ? Double.NaN : past.value(call.function(), call.span(), state.millis);
    }

    private double[] registers(CompiledType type) {
        if (registers.length < type.program.registers()) {
            registers = new double[type.program.registers()];
        }
        return registers;
    }
}
