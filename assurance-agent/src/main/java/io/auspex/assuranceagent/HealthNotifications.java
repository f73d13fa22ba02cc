package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.Health;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.Symptom;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes {@code health-changed} of auspex-assurance for each subservice whose score or symptoms changed. */
final class HealthNotifications implements HealthListener {
    private final AssuranceSchema schema;
    private final SchemaNode notification;
    private final SchemaNode symptoms;
    private final String agentId;
    private final EventStream stream;

    HealthNotifications(ModelContext model, AssuranceSchema schema, String agentId, EventStream stream) {
        this.schema = schema;
        this.notification = model.notification("auspex-assurance", "health-changed")
                .orElseThrow(() -> new IllegalArgumentException("the model has no notification health-changed"));
        this.symptoms = child(notification, "symptoms");
        this.agentId = agentId;
        this.stream = stream;
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        for (HealthChange change : changes) {
            snapshot.status(change.id())
                    .ifPresent(
                            status -> stream.publish(new Notification(at, content(change, status.activeSymptoms()))));
        }
    }

    private InnerNode content(HealthChange change, List<Symptom> active) {
        List<DataNode> parts = new ArrayList<>();
        parts.add(leaf("agent-id", agentId));
        parts.add(leaf("type", schema.identity(change.id().type())));
        parts.add(leaf("id", change.id().id()));
        if (!isFirst(change.before())) {
            parts.add(leaf("old-score", (long) change.before().wireValue()));
        }
        parts.add(leaf("score", (long) change.after().wireValue()));
        if (!active.isEmpty()) {
            Map<String, InnerNode> byId = new LinkedHashMap<>();
            active.forEach(symptom -> byId.putIfAbsent(symptom.id(), entry(symptom)));
            parts.add(TreeList.of(symptoms, byId.values()));
        }
        return TreeNode.of(notification, parts);
    }

    private InnerNode entry(Symptom symptom) {
        return TreeNode.of(
                symptoms,
                List.of(
                        new LeafNode(child(symptoms, "id"), symptom.id()),
                        new LeafNode(child(symptoms, "description"), symptom.description()),
                        new LeafNode(child(symptoms, "weight"), (long) symptom.weight())));
    }

    private LeafNode leaf(String name, Object value) {
        return new LeafNode(child(notification, name), value);
    }

    private static boolean isFirst(Health before) {
        return before instanceof Health.Unknown(var why) && why == Health.Reason.NOT_YET_COMPUTED;
    }
}
