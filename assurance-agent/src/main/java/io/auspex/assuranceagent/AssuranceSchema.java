package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceagent.past.HistoryAnswers;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Optional;

/** The schema nodes of ietf-service-assurance and auspex-assurance that the agent serves and reads, found once (RFC 9418 §3). */
final class AssuranceSchema implements HistoryAnswers.Schema {
    private static final String SAIN = "ietf-service-assurance";
    private static final String OWN = "auspex-assurance";

    private final ModelContext model;
    final SchemaNode root;
    final SchemaNode graphLastChange;
    final SchemaNode agentId;
    final SchemaNode graphVersion;
    final SchemaNode maintenance;
    final SchemaNode history;
    final Subservices subservices;
    final Agents agents;
    final AssuredServices assuredServices;

    /** The list of subservices, its state and what refers to it. */
    static final class Subservices {
        final SchemaNode container;
        final SchemaNode list;
        final SchemaNode type;
        final SchemaNode id;
        final SchemaNode lastChange;
        final SchemaNode label;
        final SchemaNode healthScore;
        final SchemaNode historyStart;
        final SchemaNode underMaintenance;
        final SchemaNode dependencies;
        final SchemaNode dependency;
        final SchemaNode symptoms;
        final SchemaNode symptom;
        final SchemaNode symptomStart;
        final SchemaNode symptomAgent;
        final SchemaNode symptomId;
        final SchemaNode symptomWeight;
        final SchemaNode symptomStop;

        /** The keys, what is state, and maintenance, which a window may bring about. */
        final List<SchemaNode> state;

        private Subservices(SchemaNode root) {
            container = child(root, SAIN, "subservices");
            list = child(container, "subservice");
            type = child(list, "type");
            id = child(list, "id");
            lastChange = child(list, "last-change");
            label = child(list, "label");
            healthScore = child(list, "health-score");
            historyStart = child(list, "symptoms-history-start");
            underMaintenance = child(list, "under-maintenance");
            dependencies = child(list, "dependencies");
            dependency = child(dependencies, "dependency");
            symptoms = child(list, "symptoms");
            symptom = child(symptoms, "symptom");
            symptomStart = child(symptom, "start-date-time");
            symptomAgent = child(symptom, "agent-id");
            symptomId = child(symptom, "symptom-id");
            symptomWeight = child(symptom, "health-score-weight");
            symptomStop = child(symptom, "stop-date-time");
            state = list.children().stream()
                    .filter(c -> c.isKey() || !c.config() || c == underMaintenance)
                    .toList();
        }
    }

    /** The agents and their glossaries. */
    static final class Agents {
        final SchemaNode container;
        final SchemaNode list;
        final SchemaNode symptoms;

        private Agents(SchemaNode root) {
            container = child(root, SAIN, "agents");
            list = child(container, "agent");
            symptoms = child(list, "symptoms");
        }
    }

    /** The service instances and the subservices behind each. */
    static final class AssuredServices {
        final SchemaNode container;
        final SchemaNode list;
        final SchemaNode instances;
        final SchemaNode subservices;

        private AssuredServices(SchemaNode root) {
            container = child(root, SAIN, "assured-services");
            list = child(container, "assured-service");
            instances = child(list, "instances");
            subservices = child(instances, "subservices");
        }
    }

    /** @throws IllegalArgumentException where the model lacks the modules */
    AssuranceSchema(ModelContext model) {
        this.model = model;
        root = model.root();
        graphLastChange = child(root, SAIN, "assurance-graph-last-change");
        agentId = child(root, OWN, "agent-id");
        graphVersion = child(root, OWN, "graph-version");
        maintenance = child(root, OWN, "maintenance");
        history = child(root, OWN, "history");
        subservices = new Subservices(root);
        agents = new Agents(root);
        assuredServices = new AssuredServices(root);
    }

    /** The path of a subservice in running. */
    DataPath path(SubserviceId id) {
        return DataPath.root(root).child(subservices.container).entry(subservices.list, key(id));
    }

    ListKey key(SubserviceId id) {
        return ListKey.of(identity(id.type()), id.id());
    }

    static SubserviceId id(ListKey key) {
        return new SubserviceId(key.value(0).toString(), (String) key.value(1));
    }

    /** The output of an rpc of auspex-assurance. */
    @Override
    public SchemaNode rpcOutput(String rpc) {
        return model.rpc(OWN, rpc)
                .flatMap(r -> r.child("output"))
                .orElseThrow(() -> new IllegalArgumentException("the model has no rpc " + rpc));
    }

    /** The output of an action on a subservice. */
    @Override
    public SchemaNode output(String action) {
        return subservices.list.operations().stream()
                .filter(o -> o.name().equals(action))
                .findFirst()
                .flatMap(o -> o.child("output"))
                .orElseThrow(() -> new IllegalArgumentException("the model has no action " + action));
    }

    /**
     * The subservice that an action is called on.
     *
     * @throws YangException where it is none of the graph
     */
    SubserviceId assured(DataPath target, AssuranceGraph graph) throws YangException {
        SubserviceId id = id(target.key()
                .orElseThrow(() -> new YangException(
                        Failure.BAD_TARGET, target, target + ": got no key, expected one subservice")));
        if (graph.node(id).isEmpty()) {
            throw new YangException(Failure.NO_SUCH_RESOURCE, target, target + ": there is no such subservice");
        }
        return id;
    }

    @Override
    public Optional<Identity> knownIdentity(String qualifiedName) {
        return model.identity(qualifiedName);
    }

    Identity identity(String qualifiedName) {
        return model.identity(qualifiedName)
                .orElseThrow(() -> new IllegalArgumentException("the model has no identity " + qualifiedName));
    }
}
