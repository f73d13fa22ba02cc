package io.auspex.assuranceagent;

import io.auspex.assuranceagent.tree.SchemaNodes;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfsouthbound.FakeDevice;
import io.auspex.packs.Packs;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** An agent with an inventory of fake devices, and a tunnel over one interface of each. */
final class Network implements AutoCloseable {
    private static final ModelContext MODEL = Documents.MODEL;
    static final AssuranceSchema SCHEMA = new AssuranceSchema(MODEL);
    static final String TUNNEL = "tunnel-one";

    final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    final RecordingStreams streams = new RecordingStreams("NETCONF", "health", "relevant-state");
    final Map<String, FakeDevice> devices = new LinkedHashMap<>();
    private final Path dataDir;
    AssuranceAgent agent;

    Network(Path dataDir, String... names) throws IOException, ProtocolException {
        this.dataDir = dataDir;
        for (var name : names) {
            devices.put(name, FakeDevice.start());
            setOperStatus(name, "up");
        }
        agent = startAgent();
    }

    private AssuranceAgent startAgent() {
        var config = new AgentConfig(dataDir, MODEL, Packs.load(List.of()).catalogue(), InstantSource.system());
        return AssuranceAgent.start(config, datastores, streams);
    }

    void restartAgent() {
        agent.close();
        agent = startAgent();
    }

    void setOperStatus(String device, String status) throws ProtocolException {
        device(device).setData("""
                <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"><interface>
                <name>eth0</name><admin-status>up</admin-status><oper-status>%s</oper-status><if-index>7</if-index>
                </interface></interfaces>""".formatted(status));
    }

    FakeDevice device(String name) {
        return Objects.requireNonNull(devices.get(name), name);
    }

    /** Devices with a period of one second, and then a tunnel over interface eth0 of all of them. */
    void configure() throws YangException {
        replace("{" + devicesJson("right") + "}");
        replace("{" + devicesJson("right") + "," + subservicesJson() + "}");
    }

    /** Puts a document in the place of running. */
    void replace(String json) throws YangException {
        datastores.commit(new Edit(Operation.REPLACE, DataPath.root(MODEL.root()), Documents.root(MODEL, json)));
    }

    /** Top-level nodes with configuration and state, as one JSON document. */
    String document(String module, String... nodes) {
        var all = datastores.operational();
        var chosen = new ArrayList<DataNode>();
        for (var node : nodes) {
            var child = all.child(SchemaNodes.child(MODEL.root(), module, node));
            if (child != null) {
                chosen.add(Trees.copy(child));
            }
        }
        var root = Documents.json(TreeNode.of(MODEL.root(), chosen));
        return root.substring(root.indexOf(':', root.indexOf("data\"")) + 1, root.length() - 1);
    }

    String devicesJson(String password) {
        return "\"auspex-devices:devices\":{\"device\":["
                + devices.entrySet().stream()
                        .map(d -> """
                                {"name":"%s","address":"127.0.0.1","port":%d,"period":1,
                                 "credentials":{"user-name":"auspex","password":"%s"}}""".formatted(d.getKey(), d.getValue().port(), password))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    String subservicesJson() {
        List<String> entries = new ArrayList<>();
        List<String> tunnel = new ArrayList<>();
        for (var device : devices.keySet()) {
            entries.add(Documents.device(device));
            entries.add(Documents.interfaceOf(device, "eth0", Documents.impacting(Documents.DEVICE, device)));
            tunnel.add(Documents.impacting(Documents.INTERFACE, device + "-eth0"));
        }
        entries.add(Documents.service("tunnel", "one", tunnel.toArray(String[]::new)));
        return Documents.subservices(entries.toArray(String[]::new));
    }

    /** The entry of a subservice with configuration and state. */
    InnerNode subservice(String type, String id) {
        var container =
                (InnerNode) Objects.requireNonNull(datastores.operational().child(SCHEMA.subservices.container));
        var list = (ListNode) Objects.requireNonNull(container.child(SCHEMA.subservices.list));
        return Objects.requireNonNull(list.entry(ListKey.of(SCHEMA.identity(type), id)), id);
    }

    long score(String type, String id) {
        return (Long) subservice(type, id).value("health-score").orElseThrow();
    }

    /** The symptoms that a subservice reports and that go on, as the glossary describes them. */
    List<String> activeSymptoms(String type, String id) {
        return List.copyOf(activeSymptomsSince(type, id).keySet());
    }

    /** The same, each with its start. */
    Map<String, Instant> activeSymptomsSince(String type, String id) {
        return symptoms(type, id, false);
    }

    List<String> endedSymptoms(String type, String id) {
        return List.copyOf(symptoms(type, id, true).keySet());
    }

    private Map<String, Instant> symptoms(String type, String id, boolean ended) {
        Map<String, Instant> found = new LinkedHashMap<>();
        var glossary = glossary();
        subservice(type, id).inner("symptoms").flatMap(s -> s.list("symptom")).ifPresent(list -> {
            for (var symptom : list) {
                if (symptom.value("stop-date-time").isPresent() == ended) {
                    var symptomId = (String) symptom.value("symptom-id").orElseThrow();
                    // One that began since the glossary was read is not in it.
                    found.put(
                            glossary.getOrDefault(symptomId, symptomId),
                            OffsetDateTime.parse((String)
                                            symptom.value("start-date-time").orElseThrow())
                                    .toInstant());
                }
            }
        });
        return found;
    }

    private Map<Object, String> glossary() {
        Map<Object, String> glossary = new LinkedHashMap<>();
        var agents = (InnerNode) Objects.requireNonNull(datastores.operational().child(SCHEMA.agents.container));
        for (var entry : agents.list("agent").orElseThrow()) {
            for (var symptom : entry.list("symptoms").orElseThrow()) {
                glossary.put(symptom.value("id").orElseThrow(), (String)
                        symptom.value("description").orElseThrow());
            }
        }
        return glossary;
    }

    /** A leaf of the state of a device. */
    String deviceState(String device, String leaf) {
        return state(device).flatMap(s -> s.value(leaf)).map(Object::toString).orElse("");
    }

    /** A leaf of how the values of a device come in. */
    Optional<Object> telemetry(String device, String container, String leaf) {
        return state(device).flatMap(s -> s.inner(container)).flatMap(c -> c.value(leaf));
    }

    private Optional<InnerNode> state(String device) {
        var devicesNode = SchemaNodes.child(MODEL.root(), "auspex-devices", "devices");
        var container =
                (InnerNode) Objects.requireNonNull(datastores.operational().child(devicesNode));
        var entry =
                Objects.requireNonNull(container.list("device").orElseThrow().entry(ListKey.of(device)));
        return entry.inner("state");
    }

    @Override
    public void close() throws IOException {
        agent.close();
        datastores.close();
        for (var device : devices.values()) {
            device.close();
        }
    }
}
