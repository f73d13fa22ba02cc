package io.auspex.restconfserver;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Transaction;
import io.auspex.datastore.Versions;
import io.auspex.management.DatastoreControl;
import io.auspex.management.EditRequest;
import io.auspex.management.EditResult;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadResult;
import io.auspex.management.paging.PageTags;
import io.auspex.management.paging.Pages;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.notifications.Subscription;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathNode;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Management of datastores in memory without access control, as far as the tests of the protocol need it. */
final class OpenManagement implements Management {
    final Datastores datastores;

    OpenManagement(ModelContext model) {
        datastores = Datastores.open(model, DatastoreConfig.inMemory());
    }

    @Override
    public ModelContext model() {
        return datastores.model();
    }

    @Override
    public Set<DatastoreName> datastores() {
        return EnumSet.of(DatastoreName.RUNNING, DatastoreName.OPERATIONAL);
    }

    @Override
    public ReadResult read(ReadRequest request) throws YangException {
        var running = datastores.running();
        var root = request.datastore() == DatastoreName.RUNNING ? running : datastores.operational();
        var target = request.target();
        var node = Trees.find(root, target)
                .or(() -> defaultOf(root, target))
                .orElseThrow(() -> new YangException(Failure.NO_SUCH_RESOURCE, target, target + " does not exist"));
        var version = target.isRoot() || target.schema().config() ? Versions.nearest(running, target) : null;
        var holder = target.parent().flatMap(p -> XPathNode.find(root, p)).orElse(null);
        var shown = request.page() == null ? node : Pages.of(node, holder, request.page(), n -> n);
        var tags = request.page() == null ? Annotations.NONE : new PageTags(Annotations.NONE);
        return new ReadResult(shown, version, version == null ? null : Versions.time(version), tags);
    }

    @Override
    public boolean readsFromMemory(DataPath target) {
        return true;
    }

    private static Optional<DataNode> defaultOf(InnerNode root, DataPath target) {
        var schema = target.schema();
        return schema.kind() == NodeKind.LEAF && !schema.defaults().isEmpty()
                ? target.parent()
                        .flatMap(p -> Trees.find(root, p))
                        .map(_ -> new LeafNode(schema, schema.defaults().getFirst()))
                : Optional.empty();
    }

    @Override
    public EditResult edit(EditRequest request) throws YangException {
        var resource = request.resource();
        var precondition = request.precondition();
        var result = datastores.commit(new Transaction(
                request.edits(),
                running -> {
                    if (precondition != null) {
                        check(precondition, running, resource);
                    }
                },
                0));
        var version = Versions.nearest(result.changes().after(), resource);
        return new EditResult(result.created(), version, Versions.time(version));
    }

    private static void check(EditRequest.Precondition precondition, TreeNode running, DataPath resource)
            throws YangException {
        if (exists(running, resource)) {
            var version = Versions.nearest(running, resource);
            precondition.check(version, Versions.time(version));
        } else {
            precondition.check(null, null);
        }
    }

    private static boolean exists(TreeNode running, DataPath path) {
        var implied =
                path.schema().kind() == NodeKind.CONTAINER && !path.schema().presence();
        return Trees.find(running, path).isPresent()
                || (implied && exists(running, path.parent().orElseThrow()));
    }

    @Override
    public void checkInvoke(SchemaNode operation) {}

    @Override
    public DatastoreControl control() {
        throw new UnsupportedOperationException("no sessions here");
    }

    @Override
    public @Nullable InnerNode invoke(SchemaNode operation, @Nullable DataPath target, InnerNode input)
            throws YangException {
        return switch (operation.name()) {
            case "ping", "wipe" -> null;
            case "echo" -> {
                var output = operation.child("output").orElseThrow();
                var text = input.value("text")
                        .orElseThrow(() -> new YangException(Failure.MISSING_ELEMENT, "'text' is mandatory"));
                yield TreeNode.of(
                        output, List.of(new LeafNode(output.child("text").orElseThrow(), text)));
            }
            default -> throw new YangException(Failure.NOT_SUPPORTED, operation + " is not done here");
        };
    }

    @Override
    public Collection<EventStream> streams() {
        return List.of();
    }

    @Override
    public Subscription subscribe(
            String stream, Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException {
        throw new YangException(Failure.NO_SUCH_RESOURCE, "there is no stream " + stream);
    }
}
