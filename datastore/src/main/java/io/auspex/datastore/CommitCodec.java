package io.auspex.datastore;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The changes of one commit as the journal holds them: a JSON array of objects with {@code target}, an array of steps;
 * {@code data}, the resource as RFC 7951 has it, absent for what was deleted; {@code after}, the key of the entry before it
 * where the user orders the list, null for the first.
 */
final class CommitCodec {
    private final ModelContext model;
    private final JsonReader reader;

    CommitCodec(ModelContext model) {
        this.model = model;
        var d = InputLimits.DEFAULT;
        reader = new JsonReader(
                model,
                new InputLimits(
                        Integer.MAX_VALUE,
                        d.depth() * 2,
                        d.attributes(),
                        d.namespaces(),
                        d.nameBytes(),
                        d.attributeBytes(),
                        d.textBytes(),
                        d.numberDigits(),
                        Integer.MAX_VALUE));
    }

    JsonReader reader() {
        return reader;
    }

    byte[] encode(ChangeSet set) {
        var bytes = new ByteArrayOutputStream(256);
        try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
            out.writeStartArray();
            for (var change : set.changes()) {
                change(out, change, set);
            }
            out.writeEndArray();
        }
        return bytes.toByteArray();
    }

    private static void change(JsonGenerator out, Change change, ChangeSet set) {
        out.writeStartObject();
        out.writeName("target");
        out.writeStartArray();
        for (var step : change.path().steps()) {
            var key = step.key();
            if (key.isEmpty()) {
                out.writeString(step.schema().qualifiedName());
            } else {
                out.writeStartObject();
                out.writeName(step.schema().qualifiedName());
                key(out, step.schema(), key.get());
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        var after = change.after();
        if (after != null) {
            var schema = change.path().schema();
            out.writeName("data");
            out.writeStartObject();
            var resource = schema.kind() == NodeKind.LEAF_LIST
                    ? TreeLeafList.of(schema, List.of(((LeafNode) after).value()))
                    : after;
            JsonWriter.writeMember(out, resource, Annotations.NONE);
            out.writeEndObject();
            if (ChangeEdits.placed(change)) {
                out.writeName("after");
                var anchor = ChangeEdits.predecessor(change.path(), set.after());
                if (anchor == null) {
                    out.writeNull();
                } else {
                    key(out, schema, anchor);
                }
            }
        }
        out.writeEndObject();
    }

    private static void key(JsonGenerator out, SchemaNode schema, ListKey key) {
        out.writeStartObject();
        if (schema.kind() == NodeKind.LEAF_LIST) {
            JsonWriter.writeMember(out, TreeLeafList.of(schema, List.of(key.value(0))), Annotations.NONE);
        } else {
            for (var i = 0; i < key.size(); i++) {
                JsonWriter.writeMember(out, new LeafNode(schema.keys().get(i), key.value(i)), Annotations.NONE);
            }
        }
        out.writeEndObject();
    }

    /**
     * The edits that do again what was encoded.
     *
     * @throws YangException when the model does not have the nodes any more, or takes their values no more
     */
    List<Edit> decode(byte[] content) throws YangException {
        var edits = new ArrayList<Edit>();
        try (var in = reader.open(new ByteArrayInputStream(content))) {
            in.nextToken();
            while (in.nextToken() == JsonToken.START_OBJECT) {
                edits.add(edit(in));
            }
        }
        return edits;
    }

    private Edit edit(JsonParser in) throws YangException {
        var target = DataPath.root(model.root());
        DataNode data = null;
        Position position = new Position.Unchanged();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = in.currentName();
            in.nextToken();
            switch (name) {
                case "target" -> target = target(in);
                case "data" -> data = reader.readResource(in, target);
                case "after" ->
                    position = in.currentToken() == JsonToken.VALUE_NULL
                            ? new Position.First()
                            : new Position.After(key(in, target.parent().orElseThrow(), target.schema()));
                default -> throw new YangException(Failure.INVALID_VALUE, "an unknown member " + name);
            }
        }
        return data == null
                ? new Edit(Operation.REMOVE, target, null)
                : new Edit(Operation.REPLACE, target, data, position);
    }

    private DataPath target(JsonParser in) throws YangException {
        var path = DataPath.root(model.root());
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                path = path.child(child(path.schema(), in.getString()));
            } else {
                in.nextToken();
                var schema = child(path.schema(), in.currentName());
                in.nextToken();
                path = path.entry(schema, key(in, path, schema));
                in.nextToken();
            }
        }
        return path;
    }

    private ListKey key(JsonParser in, DataPath parent, SchemaNode schema) throws YangException {
        var values = new ArrayList<Object>();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            in.nextToken();
            if (schema.kind() == NodeKind.LEAF_LIST) {
                var list = (LeafListNode) reader.readValue(in, parent.child(schema));
                values.add(list.iterator().next());
            } else {
                var leaf = schema.keys().get(values.size());
                values.add(((LeafNode) reader.readValue(in, parent.child(schema).child(leaf))).value());
            }
        }
        return ListKey.of(values.toArray());
    }

    private static SchemaNode child(SchemaNode parent, String name) throws YangException {
        var colon = name.indexOf(':');
        return parent.child(name.substring(0, Math.max(colon, 0)), name.substring(colon + 1))
                .orElseThrow(() -> new YangException(
                        Failure.UNKNOWN_ELEMENT, "the model has no node " + name + " below " + parent));
    }
}
