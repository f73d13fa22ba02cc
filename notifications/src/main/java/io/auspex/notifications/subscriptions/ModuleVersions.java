package io.auspex.notifications.subscriptions;

import io.auspex.notifications.push.Selection;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Of which revisions of modules the content of subscriptions is (draft-ietf-netconf-yang-notifications-versioning). */
final class ModuleVersions {
    static final String MODULE = "ietf-yang-push-revision";
    private static final String WANTED = "module-version-subs";

    private final ModelContext model;

    ModuleVersions(ModelContext model) {
        this.model = model;
    }

    /** What a module has to be: of a revision, or any where that is empty. */
    record Wanted(String name, Optional<String> revision) {}

    /**
     * What the modules have to be by a node that asks for a subscription; empty where it does not say.
     *
     * @throws YangException a module is not as it is asked for
     */
    static Optional<List<Wanted>> wanted(InnerNode asking) throws YangException {
        var entries = asking.schema().child(MODULE, WANTED).map(asking::child).orElse(null);
        if (!(entries instanceof ListNode list)) {
            return Optional.empty();
        }
        var all = new ArrayList<Wanted>();
        for (var entry : list) {
            all.add(wanted(entry, asking.schema().model()));
        }
        return Optional.of(List.copyOf(all));
    }

    private static Wanted wanted(InnerNode entry, ModelContext model) throws YangException {
        var name = entry.value("name").orElseThrow().toString();
        var version = entry.value("version");
        if (version.isPresent()) {
            throw SubscriptionError.VERSION_UNSUPPORTED.because("module " + name + " is asked for in version "
                    + version.get() + ", but has no semantic version here");
        }
        var revision = entry.value("revision").map(Object::toString);
        var module = model.module(name)
                .orElseThrow(() -> SubscriptionError.REVISION_UNSUPPORTED.because("there is no module " + name));
        if (revision.filter(r -> !r.equals(module.revision())).isPresent()) {
            throw SubscriptionError.REVISION_UNSUPPORTED.because(
                    "module " + name + " is of revision " + module.revision() + ", not " + revision.get());
        }
        return new Wanted(name, revision);
    }

    /**
     * What the module adds below a node that tells of a subscription: what was asked for, or in a notification what the
     * modules are.
     */
    List<DataNode> below(SchemaNode parent, Target target, List<Wanted> wanted) {
        var nodes = new ArrayList<DataNode>();
        if (!wanted.isEmpty()) {
            parent.child(MODULE, WANTED).ifPresent(s -> nodes.add(asked(s, wanted)));
        }
        if (target instanceof Target.Datastore datastore) {
            parent.child(MODULE, "module-version").ifPresent(s -> {
                var entries = used(datastore.selection()).stream()
                        .filter(m -> m.revision() != null)
                        .map(m -> (InnerNode) NodeBuilder.node(
                                s, n -> n.leaf("name", m.name()).leaf("revision", Optional.ofNullable(m.revision()))))
                        .toList();
                if (!entries.isEmpty()) {
                    nodes.add(TreeList.of(s, entries));
                }
            });
        }
        parent.child(MODULE, "yang-library-content-id").ifPresent(s -> nodes.add(new LeafNode(s, model.contentId())));
        return nodes;
    }

    private static DataNode asked(SchemaNode list, List<Wanted> wanted) {
        return TreeList.of(
                list,
                wanted.stream()
                        .map(w -> (InnerNode) NodeBuilder.node(
                                list, n -> n.leaf("name", w.name()).leaf("revision", w.revision())))
                        .toList());
    }

    /** The modules of the nodes that lead to what is selected, itself included. */
    private Set<ModuleInfo> used(Selection selection) {
        var found = new TreeSet<>(Comparator.comparing(ModuleInfo::name));
        switch (selection) {
            case Selection.ByXPath(var _, var _, var reach) -> reach.forEach(n -> found.add(n.module()));
            case Selection.All _, Selection.BySubtree _ -> collect(selection, DataPath.root(model.root()), found);
        }
        return found;
    }

    private static void collect(Selection selection, DataPath path, Set<ModuleInfo> found) {
        for (var child : path.schema().children()) {
            var at = path.child(child);
            if (selection.touches(at)) {
                found.add(child.module());
                if (!selection.selects(at)) {
                    collect(selection, at, found);
                }
            }
        }
    }
}
