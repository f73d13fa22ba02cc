package io.auspex.restconfserver;

import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.restconfserver.RestconfRequest.Body;
import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads YANG Patches (RFC 8072 §2.2, §3) in both encodings. */
final class YangPatchReader {
    private static final int MAX_FAULTS = 20;
    private static final Set<String> WHOLE = Set.of("merge", "replace");

    private final ModelContext model;
    private final DataCodec codec;
    private final InputLimits limits;

    YangPatchReader(ModelContext model, DataCodec codec, InputLimits limits) {
        this.model = model;
        this.codec = codec;
        this.limits = limits;
    }

    /**
     * Reads a patch of a target resource.
     *
     * @throws YangException when the message as a whole is wrong
     */
    YangPatch read(Body body, DataPath resource) throws YangException, IOException {
        var raw = switch (DataCodec.encoding(body)) {
            case JSON -> JsonPatch.read(body.http().body(), codec.json());
            case XML -> XmlPatch.read(body.http().body().readAllBytes(), codec.xml(), limits);
        };
        var ids = new ArrayList<String>();
        var edits = new LinkedHashMap<String, List<Edit>>();
        var faults = new LinkedHashMap<String, List<YangError>>();
        for (var edit : raw.edits()) {
            var id = edit.get("edit-id");
            if (ids.contains(id)) {
                throw new YangException(Failure.BAD_ELEMENT, "two edits have the edit-id '" + id + "'");
            }
            ids.add(id);
            try {
                edits.put(id, edits(edit, resource));
            } catch (YangException e) {
                faults.put(id, e.errors());
                if (faults.size() == MAX_FAULTS) {
                    break;
                }
            }
        }
        return new YangPatch(raw.patchId(), ids, edits, faults);
    }

    private List<Edit> edits(PatchMessage.RawEdit raw, DataPath resource) throws YangException {
        var operation = raw.get("operation");
        var target = target(raw.get("target"), resource);
        if (target.isRoot() && !WHOLE.contains(operation)) {
            throw new YangException(
                    Failure.METHOD_NOT_ALLOWED,
                    "a datastore can be merged or replaced, but has no operation '" + operation + "'");
        }
        var value = raw.value();
        var needsValue = switch (operation) {
            case "create", "insert", "merge", "replace" -> true;
            case "delete", "move", "remove" -> false;
            default ->
                throw new YangException(
                        Failure.INVALID_VALUE,
                        "operation is create, delete, insert, merge, move, replace or remove, not '" + operation + "'");
        };
        if (needsValue == (value == null)) {
            throw new YangException(
                    needsValue ? Failure.MISSING_ELEMENT : Failure.BAD_ELEMENT,
                    "operation " + operation + (needsValue ? " needs a value" : " has no value"));
        }
        var placed = operation.equals("insert") || operation.equals("move");
        if (!placed && (raw.leaves().containsKey("where") || raw.leaves().containsKey("point"))) {
            throw new YangException(Failure.BAD_ELEMENT, "where and point go with insert and move only");
        }
        var position = placed ? position(raw, target, resource) : new Position.Unchanged();
        var data = value == null ? null : checked(value.as(target), target);
        return switch (operation) {
            case "create", "insert" -> List.of(new Edit(Operation.CREATE, target, data, position));
            case "merge" -> List.of(new Edit(Operation.MERGE, target, data, position));
            case "replace" ->
                target.isRoot() && data instanceof InnerNode content
                        ? WholeDatastore.replace(target, content)
                        : List.of(new Edit(Operation.REPLACE, target, data, position));
            case "move" -> List.of(new Edit(Operation.NONE, target, null, position));
            case "delete" -> List.of(new Edit(Operation.DELETE, target, null, position));
            default -> List.of(new Edit(Operation.REMOVE, target, null, position));
        };
    }

    /** The value has the keys that the target names. */
    static DataNode checked(DataNode data, DataPath target) throws YangException {
        if (target.schema().kind() == NodeKind.LIST
                && data instanceof InnerNode entry
                && target.key().isPresent()
                && !Objects.equals(target.key().get(), entry.key())) {
            throw new YangException(
                    Failure.INVALID_VALUE,
                    target,
                    "the entry has the keys " + entry.key() + ", its target "
                            + target.key().get());
        }
        if (target.schema().kind() == NodeKind.LEAF_LIST
                && data instanceof LeafListNode values
                && target.key().isPresent()
                && !values.contains(target.key().get().value(0))) {
            throw new YangException(Failure.INVALID_VALUE, target, "the value is another than that of the target");
        }
        return data;
    }

    private DataPath target(String text, DataPath resource) throws YangException {
        if (!text.startsWith("/")) {
            throw new YangException(Failure.BAD_TARGET, "a target starts with '/', not '" + text + "'");
        }
        var path = ApiPath.parse(text.substring(1), resource, model);
        var schema = path.data().schema();
        var whole = (schema.kind() == NodeKind.LIST || schema.kind() == NodeKind.LEAF_LIST)
                && path.data().key().isEmpty();
        if (path.action() != null || whole || !(schema.config() || path.data().isRoot())) {
            throw new YangException(
                    Failure.BAD_TARGET, path.data(), "a target is one configuration node, which '" + text + "' is not");
        }
        return path.data();
    }

    private Position position(PatchMessage.RawEdit raw, DataPath target, DataPath resource) throws YangException {
        var where = raw.leaves().getOrDefault("where", "last");
        var point = raw.leaves().get("point");
        return InsertParams.of(where, point == null ? null : target(point, resource))
                .position(target);
    }
}
