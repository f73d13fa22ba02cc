package io.auspex.assuranceagent.device;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;

/** The schema nodes of auspex-devices, found once. */
final class DeviceSchema {
    final SchemaNode root;
    final SchemaNode container;
    final SchemaNode list;
    final SchemaNode name;
    final SchemaNode transport;
    final SchemaNode port;
    final SchemaNode period;
    final SchemaNode state;
    final SchemaNode implementation;
    final SchemaNode telemetry;
    final SchemaNode clock;

    /** @throws IllegalArgumentException where the model lacks the module */
    DeviceSchema(ModelContext model) {
        root = model.root();
        container = child(root, "auspex-devices", "devices");
        list = child(container, "device");
        name = child(list, "name");
        transport = child(list, "transport");
        port = child(list, "port");
        period = child(list, "period");
        state = child(list, "state");
        implementation = child(state, "implementation");
        telemetry = child(state, "auspex-device-telemetry", "telemetry");
        clock = child(state, "auspex-device-telemetry", "clock");
    }

    DataPath path(String device) {
        return DataPath.root(root).child(container).entry(list, ListKey.of(device));
    }
}
