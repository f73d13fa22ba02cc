package io.auspex.management;

import io.auspex.datastore.Change;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Differences;
import io.auspex.notifications.push.Anydata;
import io.auspex.notifications.push.Selection;
import io.auspex.notifications.push.Selections;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.ResourceIdentifiers;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rpc {@code compare}: the edits that lead from one datastore to another, as far as the caller may see both (RFC 9144).
 * Without {@code all}, configuration is compared, which is what every datastore can hold.
 */
public final class Compare implements OperationHandler {
    private static final int MOST = 10_000;

    private final Management management;

    public Compare(Management management) {
        this.management = management;
    }

    @Override
    public InnerNode invoke(@Nullable DataPath target, InnerNode input) throws YangException {
        if (input.value("report-origin").isPresent()) {
            throw new YangException(
                    YangError.of(Failure.NOT_SUPPORTED, "compare: origins are not reported; get-data tells them")
                            .withInfo(ErrorInfo.badElement("report-origin")));
        }
        var content = input.value("all").isPresent() ? ReadRequest.Content.ALL : ReadRequest.Content.CONFIG;
        var selection = selection(input);
        var before = read(input, "source", content, selection);
        var after = read(input, "target", content, selection);
        var output = input.schema().parent().flatMap(r -> r.child("output")).orElseThrow();
        if (!(selection instanceof Selection.All) && before.isEmpty() && after.isEmpty()) {
            return NodeBuilder.node(output, o -> o.leaf("no-matches", Empty.VALUE));
        }
        var differences = output.child("differences").orElseThrow();
        var edits = new ArrayList<TreeNode>();
        for (var change : Differences.between(before, after)) {
            if (isNothing(change.before()) && isNothing(change.after())) {
                continue;
            }
            if (edits.size() == MOST) {
                throw new YangException(
                        Failure.ANSWER_TOO_BIG, "compare: there are more than " + MOST + " differences");
            }
            edits.add(edit(change, after, edits.size() + 1, differences));
        }
        var patch = differences.child("yang-patch").orElseThrow();
        return NodeBuilder.node(
                output,
                o -> o.child(NodeBuilder.node(differences, d -> {
                    if (!edits.isEmpty()) {
                        d.child(NodeBuilder.node(patch, p -> {
                            p.leaf("patch-id", "differences");
                            p.child(TreeList.of(patch.child("edit").orElseThrow(), edits));
                        }));
                    }
                })));
    }

    /** A container without presence that holds nothing means nothing: operational may have it for the state in it. */
    private static boolean isNothing(@Nullable DataNode node) {
        return node == null
                || (node instanceof TreeNode tree
                        && Trees.isStructural(tree)
                        && StreamSupport.stream(tree.children().spliterator(), false)
                                .allMatch(Compare::isNothing));
    }

    private Selection selection(InnerNode input) throws YangException {
        var selections = new Selections(management.model(), prefix -> prefixed(management.model(), prefix));
        var xpath = input.value("xpath-filter");
        if (xpath.isPresent()) {
            return selections.xpath(xpath.get().toString());
        }
        var subtree = input.schema().child("subtree-filter").map(input::child).orElse(null);
        return subtree instanceof OpaqueNode filter ? selections.subtree(filter) : new Selection.All();
    }

    /** A module by its name, or by the prefix that it gives itself. */
    private static java.util.Optional<io.auspex.yang.schema.ModuleInfo> prefixed(ModelContext model, String prefix) {
        return model.module(prefix)
                .or(() -> model.modules().stream()
                        .filter(m -> !prefix.isEmpty() && m.prefix().equals(prefix))
                        .findFirst());
    }

    private TreeNode read(InnerNode input, String which, ReadRequest.Content content, Selection selection)
            throws YangException {
        var name = input.value(which).orElseThrow().toString();
        var datastore = Stream.of(DatastoreName.values())
                .filter(d -> YangLibrary.identityOf(d).equals(name))
                .filter(management.datastores()::contains)
                .findFirst()
                .orElseThrow(() -> new YangException(
                        YangError.of(Failure.BAD_PARAMETER, "compare: " + which + ": there is no datastore " + name)
                                .withInfo(ErrorInfo.badElement(which))));
        var request = new ReadRequest(
                datastore,
                DataPath.root(management.model().root()),
                content,
                Integer.MAX_VALUE,
                null,
                ReadRequest.WithDefaults.EXPLICIT);
        return (TreeNode)
                Trees.copy(selection.of((InnerNode) management.read(request).node()));
    }

    private static TreeNode edit(Change change, TreeNode after, int number, SchemaNode differences)
            throws YangException {
        var schema =
                differences.child("yang-patch").flatMap(p -> p.child("edit")).orElseThrow();
        var ordered =
                change.path().schema().userOrdered() && change.path().key().isPresent();
        var operation = change.before() == null
                ? ordered ? "insert" : "create"
                : change.after() == null
                        ? "delete"
                        : ordered && change.before().equals(change.after()) ? "move" : "replace";
        var value = operation.equals("move") ? null : content(schema, "value", change, change.after());
        var old = content(schema, "source-value", change, change.before());
        return NodeBuilder.node(schema, e -> {
            e.leaf("edit-id", "edit" + number)
                    .text("operation", operation)
                    .leaf("target", ResourceIdentifiers.of(change.path()));
            if (operation.equals("insert") || operation.equals("move")) {
                var predecessor = predecessor(change.path(), after);
                e.text("where", predecessor == null ? "first" : "after");
                if (predecessor != null) {
                    var point = change.path()
                            .parent()
                            .orElseThrow()
                            .entry(change.path().schema(), predecessor);
                    e.leaf("point", ResourceIdentifiers.of(point));
                }
            }
            if (value != null) {
                e.child(value);
            }
            if (old != null) {
                e.child(old);
            }
        });
    }

    /** A node as anydata, in the encoding of the protocol that asks: sessions are those of NETCONF. */
    private static @Nullable OpaqueNode content(SchemaNode edit, String name, Change change, @Nullable DataNode node)
            throws YangException {
        if (node == null) {
            return null;
        }
        var shown = node instanceof LeafNode leaf && change.path().schema().kind() == NodeKind.LEAF_LIST
                ? TreeLeafList.of(leaf.schema(), List.of(leaf.value()))
                : node;
        var encoding = DatastoreControl.session() == 0 ? OpaqueNode.Encoding.JSON : OpaqueNode.Encoding.XML;
        return Anydata.resource(edit.child(name).orElseThrow(), shown, encoding);
    }

    /** The key of the entry just before one; null for the first. */
    private static @Nullable ListKey predecessor(DataPath path, TreeNode root) {
        var whole = path.parent().orElseThrow().child(path.schema());
        var key = path.key().orElseThrow();
        return switch (Trees.find(root, whole).orElse(null)) {
            case TreeList list -> list.predecessor(key);
            case TreeLeafList values -> {
                var value = values.predecessor(key.value(0));
                yield value == null ? null : ListKey.of(value);
            }
            case null, default -> null;
        };
    }
}
