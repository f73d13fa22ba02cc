package io.auspex.access;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The model that the tests of this module use, and data in it written as JSON with ' for \" and ~ for '. */
final class Model {
    static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));

    private Model() {}

    static TreeNode root(String json) {
        try {
            return new JsonReader(MODEL, InputLimits.DEFAULT)
                    .readRoot(("{\"ietf-restconf:data\":"
                                    + json.replace('\'', '"').replace('~', '\'') + "}")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (YangException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static String json(DataNode node) {
        var out = new ByteArrayOutputStream();
        try {
            JsonWriter.write(node, out, JsonOptions.COMPACT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .replace('"', '\'')
                .replace("{'ietf-restconf:data':", "")
                .replaceFirst("}$", "");
    }

    static DataPath path(String text) {
        try {
            return InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes());
        } catch (InvalidValueException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static SchemaNode rpc(String module, String name) {
        return MODEL.rpc(module, name).orElseThrow();
    }

    static SchemaNode notification(String name) {
        return MODEL.notification("acme", name).orElseThrow();
    }

    static Principal user(String name) {
        return new Principal(name, Set.of(), "test 127.0.0.1:1");
    }

    static Nacm nacm(String content) {
        return Nacm.of(MODEL, root("{'ietf-netconf-acm:nacm':" + content + "}"));
    }
}
