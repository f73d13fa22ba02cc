package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Decisions;
import io.auspex.access.Principal;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
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

    /** What a receiver may see now. */
    Decisions decisions(Principal receiver) {
        return access.decisions(receiver);
    }

    /** True when a node has nothing in it that says anything: no value, no entry, no container whose presence does. */
    static boolean isEmpty(InnerNode node) {
        for (var child : node.children()) {
            var empty = switch (child) {
                case InnerNode inner -> !inner.schema().presence() && isEmpty(inner);
                case ListNode list -> !list.iterator().hasNext();
                case LeafNode _, LeafListNode _, OpaqueNode _ -> false;
            };
            if (!empty) {
                return false;
            }
        }
        return true;
    }

    Notification pushUpdate(Instant at, long id, OpaqueNode selected) {
        return new Notification(
                at, NodeBuilder.node(update, n -> n.leaf("id", id).child(selected)));
    }

    /**
     * The edits that a receiver is told of, made once for all who may see everything.
     *
     * @param then what it could see before the changes
     * @param now what it may see after them
     */
    List<TreeNode> edits(Delta changes, PushRequest request, Decisions then, Decisions now, Set<ChangeType> excluded)
            throws YangException {
        record Form(OpaqueNode.Encoding encoding, Set<ChangeType> excluded) {}
        var encoding = request.encoding();
        Delta.EditMaker maker = () -> PatchEdits.of(changes, request.selection(), edit, then, now, encoding, excluded);
        return then.permitsAll() && now.permitsAll()
                ? changes.edits(new Form(encoding, excluded), maker)
                : maker.make();
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
