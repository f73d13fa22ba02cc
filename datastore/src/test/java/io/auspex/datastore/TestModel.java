package io.auspex.datastore;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The model of the tests, and edits written as text. */
final class TestModel {
    static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));
    private static final JsonReader READER = new JsonReader(MODEL, InputLimits.DEFAULT);

    private TestModel() {}

    /** A path; the first name may leave out its module, which is store-test then. */
    static DataPath path(String text) {
        if (text.equals("/")) {
            return DataPath.root(MODEL.root());
        }
        var qualified = text.split("/", 3)[1].contains(":") ? text : "/store-test:" + text.substring(1);
        try {
            return InstanceIdentifiers.parse(qualified, MODEL.root(), MODEL.jsonPrefixes());
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static DataNode data(DataPath path, String value) {
        var schema = path.schema();
        var isEntry = path.key().isPresent();
        var json = schema.parent().isEmpty()
                ? value
                : "{\"" + schema.qualifiedName() + "\":" + (isEntry ? "[" + value + "]" : value) + "}";
        try {
            var bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            return path.isRoot() ? READER.readRoot(bytes) : READER.read(bytes, path);
        } catch (YangException e) {
            throw new IllegalArgumentException(e.errors().toString(), e);
        }
    }

    /** An edit with data, whose quotes may be single. */
    static Edit edit(Operation operation, String path, String value) {
        return edit(operation, path, value, new Position.Unchanged());
    }

    static Edit edit(Operation operation, String path, String value, Position position) {
        return new Edit(operation, path(path), data(path(path), value), position);
    }

    static Edit edit(Operation operation, String path) {
        return new Edit(operation, path(path), null);
    }

    static TreeNode root(String json) {
        return EditDataRoot.of(data(path("/"), json));
    }

    /** A node as JSON with single quotes. */
    static String json(DataNode node) {
        var out = new ByteArrayOutputStream();
        try {
            JsonWriter.write(node, out, JsonOptions.COMPACT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    /** Makes stored roots for tests. */
    private static final class EditDataRoot {
        static TreeNode of(DataNode data) {
            try {
                return EditApplier.apply(
                        TreeNode.empty(MODEL.root()), List.of(new Edit(Operation.REPLACE, path("/"), data)));
            } catch (YangException e) {
                throw new IllegalArgumentException(e.errors().toString(), e);
            }
        }
    }
}
