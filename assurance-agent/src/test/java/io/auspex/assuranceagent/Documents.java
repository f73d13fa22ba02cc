package io.auspex.assuranceagent;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** JSON documents in and out, and the pieces that subservices are written with. */
public final class Documents {
    /** The modules of the class path. */
    public static final ModelContext MODEL = ModelLoader.load();

    public static final String DEVICE = "ietf-service-assurance-device:device-type";
    public static final String INTERFACE = "ietf-service-assurance-interface:interface-type";
    public static final String SERVICE = "ietf-service-assurance:service-instance-type";

    private Documents() {}

    public static TreeNode root(ModelContext model, String json) throws YangException {
        return new JsonReader(model, InputLimits.DEFAULT).readRoot(json.getBytes(StandardCharsets.UTF_8));
    }

    public static String json(DataNode node) {
        var out = new ByteArrayOutputStream();
        try {
            JsonWriter.write(node, out, JsonOptions.COMPACT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    public static String subservices(String... entries) {
        return "\"ietf-service-assurance:subservices\":{\"subservice\":[" + String.join(",", entries) + "]}";
    }

    public static String device(String name, String... dependencies) {
        return subservice(DEVICE, name, """
                "ietf-service-assurance-device:parameters":{"device":"%s"}""".formatted(name), dependencies);
    }

    public static String interfaceOf(String device, String name, String... dependencies) {
        return subservice(INTERFACE, device + "-" + name, """
                "ietf-service-assurance-interface:parameters":{"device":"%s","interface":"%s"}""".formatted(device, name), dependencies);
    }

    public static String service(String service, String instance, String... dependencies) {
        return subservice(SERVICE, service + "-" + instance, """
                "service-instance-parameter":{"service":"%s","instance-name":"%s"}""".formatted(service, instance), dependencies);
    }

    public static String subservice(String type, String id, String parameters, String... dependencies) {
        return "{\"type\":\"%s\",\"id\":\"%s\",%s%s}"
                .formatted(
                        type,
                        id,
                        parameters,
                        dependencies.length == 0
                                ? ""
                                : ",\"dependencies\":{\"dependency\":[" + String.join(",", dependencies) + "]}");
    }

    public static String impacting(String type, String id) {
        return dependency(type, id, "impacting");
    }

    public static String dependency(String type, String id, String how) {
        return "{\"type\":\"%s\",\"id\":\"%s\",\"dependency-type\":\"%s\"}".formatted(type, id, how);
    }
}
