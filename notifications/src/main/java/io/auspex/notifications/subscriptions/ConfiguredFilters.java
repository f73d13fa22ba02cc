package io.auspex.notifications.subscriptions;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.Optional;
import java.util.function.Supplier;

/** The filters in the running configuration that subscriptions have by name (RFC 8639 §2.2, RFC 8641 §3.6). */
final class ConfiguredFilters {
    private final ModelContext model;
    private final Supplier<? extends InnerNode> running;
    private final AccessControl access;

    /** @param running gives the root of the running configuration of the moment */
    ConfiguredFilters(ModelContext model, Supplier<? extends InnerNode> running, AccessControl access) {
        this.model = model;
        this.running = running;
        this.access = access;
    }

    /**
     * The filter of a name.
     *
     * @throws YangException where there is none
     */
    DataNode find(LeafNode name) throws YangException {
        return find(name, running.get())
                .orElseThrow(() -> new YangException(
                        Failure.INVALID_VALUE, "there is no " + listName(name) + " '" + name.value() + "'"));
    }

    /**
     * The filter of a name.
     *
     * @param name in the input of an operation
     * @throws YangException where there is none as far as the principal may know: as for any reference to what does not exist
     */
    DataNode find(LeafNode name, Principal principal) throws YangException {
        return find(name, access.decisions(principal).readable(running.get()))
                .orElseThrow(() -> new YangException(YangError.of(
                                Failure.DATA_MISSING,
                                DataPath.of(name.schema()),
                                name.schema() + ": refers to '" + name.value() + "', which does not exist")
                        .withAppTag("instance-required")));
    }

    private Optional<DataNode> find(LeafNode name, InnerNode root) {
        return root.child(filters().schema()) instanceof InnerNode all
                ? all.list(listName(name))
                        .map(l -> l.entry(ListKey.of(name.value())))
                        .map(SubscriptionSchema::filterNode)
                : Optional.empty();
    }

    /** True when a principal may read the filter of a name. */
    boolean mayRead(LeafNode name, DataNode filter, Principal principal) {
        var filters = filters();
        SchemaNode list = SubscriptionSchema.child(filters.schema(), listName(name));
        var path = filters.entry(list, ListKey.of(name.value())).child(filter.schema());
        return access.decisions(principal).mayRead(path);
    }

    private DataPath filters() {
        return DataPath.root(model.root())
                .child(model.root().child(SubscriptionSchema.MODULE, "filters").orElseThrow());
    }

    private static String listName(LeafNode name) {
        return SubscriptionSchema.isOfStream(name.schema()) ? "stream-filter" : "selection-filter";
    }
}
