package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes push-update and push-change-update (RFC 8641 §3.7). */
final class UpdateWriter {
    private static final String MODULE = "ietf-yang-push";

    private final AccessControl access;
    private final SchemaNode update;
    private final SchemaNode contents;
    private final SchemaNode changeUpdate;
    private final SchemaNode edit;

    UpdateWriter(ModelContext model, AccessControl access) {
        this.access = access;
        update = model.notification(MODULE, "push-update").orElseThrow();
        contents = update.child("datastore-contents").orElseThrow();
        changeUpdate = model.notification(MODULE, "push-change-update").orElseThrow();
        edit = changeUpdate
                .child("datastore-changes")
                .flatMap(c -> c.child("yang-patch"))
                .flatMap(p -> p.child("edit"))
                .orElseThrow();
    }

    /** The children of a root as contents of an update. */
    OpaqueNode contents(InnerNode root, OpaqueNode.Encoding encoding) throws YangException {
        return Anydata.children(contents, root, encoding);
    }

    /** What a receiver may see of the children of a root. */
    OpaqueNode contents(InnerNode root, Principal receiver, OpaqueNode.Encoding encoding) throws YangException {
        return contents(access.decisions(receiver).readable(root), encoding);
    }

    Notification pushUpdate(Instant at, long id, OpaqueNode selected) {
        return new Notification(
                at, NodeBuilder.node(update, n -> n.leaf("id", id).child(selected)));
    }

    /** The edits that a receiver is told of, made once for all who may see everything. */
    List<TreeNode> edits(Delta changes, PushRequest request, Set<ChangeType> excluded) throws YangException {
        record Form(OpaqueNode.Encoding encoding, Set<ChangeType> excluded) {}
        var decisions = access.decisions(request.principal());
        var encoding = request.encoding();
        Delta.EditMaker maker = () -> PatchEdits.of(changes, request.selection(), edit, decisions, encoding, excluded);
        return decisions.permitsAll() ? changes.edits(new Form(encoding, excluded), maker) : maker.make();
    }

    Notification pushChangeUpdate(Instant at, long id, long patchId, List<TreeNode> edits) {
        var list = TreeList.of(edit, edits);
        return new Notification(
                at,
                NodeBuilder.node(
                        changeUpdate,
                        n -> n.leaf("id", id)
                                .container(
                                        "datastore-changes",
                                        changes -> changes.container(
                                                "yang-patch",
                                                patch -> patch.leaf("patch-id", Long.toString(patchId))
                                                        .child(list)))));
    }
}
