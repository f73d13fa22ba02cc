package io.auspex.restconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.EditRequest;
import io.auspex.management.EditResult;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.management.ReadResult;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.Notification;
import io.auspex.restconfserver.RestconfRequest.Resource;
import io.auspex.restconfserver.http.Header;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Does what a client asks for, by means of {@link Management} (RFC 8040 §4). */
final class Dispatcher {
    private final Management management;
    private final DataCodec codec;
    private final YangPatchReader patches;
    private final InstantSource clock;
    private final String libraryVersion;

    Dispatcher(Management management, DataCodec codec, YangPatchReader patches, InstantSource clock) {
        this.management = management;
        this.codec = codec;
        this.patches = patches;
        this.clock = clock;
        libraryVersion = management
                .model()
                .module("ietf-yang-library")
                .map(m -> Objects.requireNonNullElse(m.revision(), ""))
                .orElse("");
    }

    /**
     * Does it.
     *
     * @param as the encoding and media type that the client wants its answer in
     */
    RestconfReply handle(RestconfRequest request, Encoding.Chosen as) throws YangException, IOException {
        return switch (request) {
            case RestconfRequest.GetRoot(var params) ->
                new RestconfReply.Document(new ApiDocument.Root(libraryVersion, params.shown()));
            case RestconfRequest.GetYangLibraryVersion() ->
                new RestconfReply.Document(new ApiDocument.LibraryVersion(libraryVersion));
            case RestconfRequest.GetOperations() ->
                new RestconfReply.Document(
                        new ApiDocument.Operations(management.model().root().operations()));
            case RestconfRequest.Get get -> read(get, as);
            case RestconfRequest.Post post -> create(post);
            case RestconfRequest.Put put -> replace(put);
            case RestconfRequest.Patch patch -> merge(patch);
            case RestconfRequest.YangPatch patch -> patch(patch);
            case RestconfRequest.Delete delete -> delete(delete);
            case RestconfRequest.Invoke invoke -> invoke(invoke);
            case RestconfRequest.GetSchema(var module, var revision) -> schema(module, revision);
            case RestconfRequest.OpenStream stream -> open(stream);
            case RestconfRequest.DescribeStream(var name) -> {
                management.subscribe(name, _ -> false, null, null).close();
                yield new RestconfReply.EventsHead();
            }
            case RestconfRequest.OpenSubscription(var id, var lastEventId) -> {
                var connection = management.receive(id, lastEventId);
                yield new RestconfReply.Events(
                        new EventSource.Dynamic(connection), Encoding.named(connection.encoding()));
            }
            case RestconfRequest.Options(var allowed) -> new RestconfReply.Options(allowed);
            case RestconfRequest.NotAllowed(var allowed, var method) ->
                new RestconfReply.Errors(
                        List.of(YangError.of(
                                Allowed.isKnown(method) ? Failure.METHOD_NOT_ALLOWED : Failure.NOT_SUPPORTED,
                                "The resource has no method " + method + "; it has " + allowed.methods() + ".")),
                        List.of(new Header("Allow", allowed.methods())));
        };
    }

    private RestconfReply read(RestconfRequest.Get get, Encoding.Chosen as) throws YangException {
        var params = get.params();
        var resource = get.resource();
        var leaf = resource.path().schema();
        if (params.content() == Content.NONCONFIG && leaf.isLeafLike() && leaf.config()) {
            throw new YangException(
                    Failure.NO_SUCH_RESOURCE,
                    resource.path(),
                    leaf + " is configuration, which content=nonconfig leaves out");
        }
        var datastore = resource.datastore() != null
                ? resource.datastore()
                : params.content() == Content.CONFIG ? DatastoreName.RUNNING : DatastoreName.OPERATIONAL;
        var result = management.read(new ReadRequest(
                datastore,
                resource.path(),
                params.content(),
                params.depth(),
                params.fields(),
                defaults(params, resource),
                params.withOrigin(),
                params.page(),
                resource.datastore() == DatastoreName.OPERATIONAL));
        var tag = result.version() == null ? null : EntityTags.of(result.version(), as.encoding(), params.variant());
        get.conditions().checkRead(tag, result.lastModified());
        if (get.conditions().notModified(tag, result.lastModified(), clock.instant())) {
            return new RestconfReply.NotModified(tag, result.lastModified());
        }
        var node = shown(result.node(), resource.path(), as, params.page() != null);
        return new RestconfReply.Data(
                new ReadResult(node, result.version(), result.lastModified()), result.annotations(), params.variant());
    }

    /** How defaults are shown: asked for a leaf alone, {+restconf}/data gives its default whatever the mode (RFC 8040 §3.5.4). */
    private static WithDefaults defaults(ReadParams params, Resource resource) {
        var asked = params.defaults() == null ? WithDefaults.EXPLICIT : params.defaults();
        var leafAlone = resource.datastore() == null && resource.path().schema().isLeafLike();
        return leafAlone && asked != WithDefaults.REPORT_ALL_TAGGED ? WithDefaults.REPORT_ALL : asked;
    }

    /**
     * A list as a whole has entries, but for a page of it; in XML, one (RFC 8040 §4.3). Of a leaf-list the value asked for is
     * shown.
     */
    private static DataNode shown(DataNode node, DataPath path, Encoding.Chosen as, boolean page) throws YangException {
        if (node instanceof LeafListNode && path.key().isPresent()) {
            return TreeLeafList.of(path.schema(), List.of(path.key().get().value(0)));
        }
        var elements = switch (node) {
            case ListNode list -> list.iterator();
            case LeafListNode values -> values.iterator();
            default -> null;
        };
        if (elements == null) {
            if (as.isList()) {
                throw new YangException(
                        Failure.NOT_ACCEPTABLE,
                        path,
                        path + " is no list or leaf-list, which " + as.mediaType() + " is for");
            }
            return node;
        }
        if (!elements.hasNext()) {
            if (page && (as.isList() || as.encoding() == Encoding.JSON)) {
                return node;
            }
            throw new YangException(Failure.NO_SUCH_RESOURCE, path, path + " has no entry");
        }
        elements.next();
        if (as.encoding() == Encoding.XML && !as.isList() && elements.hasNext()) {
            throw new YangException(
                    Failure.BAD_TARGET, path, path + " has more than one entry, which an XML document cannot have");
        }
        return node;
    }

    private static DatastoreName written(Resource resource) {
        return resource.datastore() == null ? DatastoreName.RUNNING : resource.datastore();
    }

    /** The conditions of a request on a resource that has to exist. */
    private static EditRequest.Precondition onExisting(Conditions conditions, DataPath path) {
        return (version, lastModified) -> {
            if (version == null) {
                throw new YangException(Failure.NO_SUCH_RESOURCE, path, path + " does not exist");
            }
            conditions.check(version, lastModified);
        };
    }

    private RestconfReply create(RestconfRequest.Post post) throws YangException, IOException {
        var parent = post.parent().path();
        var node = codec.child(post.body(), parent);
        var path = pathOf(node, parent);
        var edit = new Edit(Operation.CREATE, path, node, post.insert().position(path));
        var done = edit(
                new EditRequest(written(post.parent()), parent, List.of(edit), onExisting(post.conditions(), parent)));
        var root = post.parent().datastore() == null ? "/data" : "/ds/" + datastoreName(post.parent());
        return new RestconfReply.Created(
                root + ApiPath.of(path), done.version(), done.lastModified(), DataCodec.encoding(post.body()));
    }

    private static String datastoreName(Resource resource) {
        return resource.datastore() == DatastoreName.CANDIDATE
                ? "ietf-datastores:candidate"
                : "ietf-datastores:running";
    }

    private static DataPath pathOf(DataNode node, DataPath parent) throws YangException {
        var schema = node.schema();
        return switch (node) {
            case InnerNode entry
            when schema.kind() == NodeKind.LIST -> {
                var key = entry.key();
                if (key == null) {
                    throw new YangException(
                            Failure.MISSING_ELEMENT, parent.child(schema), "the entry of " + schema + " lacks a key");
                }
                yield parent.entry(schema, key);
            }
            case LeafListNode values ->
                parent.entry(schema, ListKey.of(values.iterator().next()));
            default -> parent.child(schema);
        };
    }

    private EditResult edit(EditRequest request) throws YangException {
        try {
            return management.edit(request);
        } catch (YangException e) {
            throw new YangException(e.errors().stream().map(InsertParams::named).toList());
        }
    }

    private RestconfReply replace(RestconfRequest.Put put) throws YangException, IOException {
        var path = put.resource().path();
        var node = YangPatchReader.checked(codec.resource(put.body(), path), path);
        checkKeyLeaf(node, path);
        var position = put.insert().position(path);
        var edits = path.isRoot()
                ? WholeDatastore.replace(path, (InnerNode) node)
                : List.of(new Edit(Operation.REPLACE, path, node, position));
        EditRequest.Precondition condition = put.conditions().isEmpty() ? null : put.conditions()::check;
        var done = edit(new EditRequest(written(put.resource()), path, edits, condition));
        return new RestconfReply.Written(
                done.created() && !path.isRoot(), done.version(), done.lastModified(), DataCodec.encoding(put.body()));
    }

    /** A key leaf can be written only with the value that its entry has. */
    private static void checkKeyLeaf(DataNode node, DataPath path) throws YangException {
        if (path.schema().isKey() && node instanceof LeafNode leaf) {
            var entry = path.parent().flatMap(DataPath::key).orElseThrow();
            var index = path.schema().parent().orElseThrow().keys().indexOf(path.schema());
            if (!entry.value(index).equals(leaf.value())) {
                throw new YangException(Failure.INVALID_VALUE, path, "a key cannot be changed");
            }
        }
    }

    private RestconfReply merge(RestconfRequest.Patch patch) throws YangException, IOException {
        var path = patch.resource().path();
        var node = YangPatchReader.checked(codec.resource(patch.body(), path), path);
        checkKeyLeaf(node, path);
        var edit = new Edit(Operation.MERGE, path, node, new Position.Unchanged());
        var done = edit(
                new EditRequest(written(patch.resource()), path, List.of(edit), onExisting(patch.conditions(), path)));
        return new RestconfReply.Written(false, done.version(), done.lastModified(), DataCodec.encoding(patch.body()));
    }

    private RestconfReply delete(RestconfRequest.Delete delete) throws YangException {
        var path = delete.resource().path();
        edit(new EditRequest(
                written(delete.resource()),
                path,
                List.of(new Edit(Operation.REMOVE, path, null)),
                onExisting(delete.conditions(), path)));
        return new RestconfReply.Done();
    }

    private RestconfReply patch(RestconfRequest.YangPatch request) throws YangException, IOException {
        var path = request.resource().path();
        var patch = patches.read(request.body(), path);
        if (!patch.faults().isEmpty()) {
            return new RestconfReply.PatchStatus(new YangPatchStatus(patch.patchId(), List.of(), patch.faults()));
        }
        try {
            edit(new EditRequest(
                    written(request.resource()),
                    path,
                    patch.edits().values().stream().flatMap(List::stream).toList(),
                    onExisting(request.conditions(), path)));
            return new RestconfReply.PatchStatus(new YangPatchStatus(patch.patchId(), List.of(), java.util.Map.of()));
        } catch (YangException e) {
            var first = e.first().failure();
            if (first == Failure.NO_SUCH_RESOURCE || first == Failure.PRECONDITION_FAILED) {
                throw e;
            }
            return new RestconfReply.PatchStatus(status(patch, e.errors()));
        }
    }

    /** Tells the errors with the edits that they belong to: the last whose target is, or is above, the node of the error. */
    private static YangPatchStatus status(YangPatch patch, List<YangError> errors) {
        var byEdit = new LinkedHashMap<String, List<YangError>>();
        var others = new ArrayList<YangError>();
        for (var error : errors) {
            var id = error.path() == null ? null : editOf(patch, error.path());
            if (id == null) {
                others.add(error);
            } else {
                byEdit.computeIfAbsent(id, _ -> new ArrayList<>()).add(error);
            }
        }
        return new YangPatchStatus(patch.patchId(), others, byEdit);
    }

    private static @Nullable String editOf(YangPatch patch, DataPath path) {
        String found = null;
        for (var id : patch.ids()) {
            if (patch.edits().getOrDefault(id, List.of()).stream().anyMatch(e -> path.startsWith(e.target()))) {
                found = id;
            }
        }
        return found;
    }

    private RestconfReply invoke(RestconfRequest.Invoke invoke) throws YangException, IOException {
        var at = invoke.target() == null ? DataPath.root(management.model().root()) : invoke.target();
        var input = codec.input(invoke.body(), at.child(invoke.operation()));
        var output = management.invoke(invoke.operation(), invoke.target(), input);
        return output == null || !output.children().iterator().hasNext()
                ? new RestconfReply.Done()
                : new RestconfReply.Output(output);
    }

    private RestconfReply schema(String module, @Nullable String revision) throws YangException {
        var text = management.model().text(module);
        var known = management.model().module(module);
        if (text.isEmpty()
                || (revision != null
                        && known.filter(m -> !revision.equals(m.revision())).isPresent())) {
            throw new YangException(Failure.NO_SUCH_RESOURCE, "There is no schema " + module + " here.");
        }
        return new RestconfReply.Text("application/yang", text.get().getBytes(StandardCharsets.UTF_8));
    }

    private RestconfReply open(RestconfRequest.OpenStream stream) throws YangException {
        var filter = filter(stream.filter());
        var last = stream.lastEventId();
        var subscription = last == null
                ? management.subscribe(stream.stream(), filter, stream.startTime(), stream.stopTime())
                : management.resume(stream.stream(), filter, last);
        return new RestconfReply.Events(new EventSource.Stream(subscription), stream.encoding());
    }

    private Predicate<Notification> filter(@Nullable String text) throws YangException {
        if (text == null) {
            return _ -> true;
        }
        try {
            return new ModelFilters(management.model()).xpath(text);
        } catch (YangException e) {
            throw QueryParameters.bad("filter: " + e.getMessage());
        }
    }
}
