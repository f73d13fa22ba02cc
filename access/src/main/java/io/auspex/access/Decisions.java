package io.auspex.access;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one principal may do under one version of the rules (RFC 8341 §3.4). Pure: counting and logging are with
 * {@link AccessControl}. It holds for one request or one event; kept longer, it tells no more than what was permitted then.
 */
public final class Decisions {
    private static final String NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0";

    private final @Nullable RuleIndex rules;
    private final boolean all;
    private final String user;

    private Decisions(@Nullable RuleIndex rules, boolean all, String user) {
        this.rules = rules;
        this.all = all;
        this.user = user;
    }

    static Decisions of(RuleIndex rules, String user) {
        return new Decisions(rules, rules.permitsAll(), user);
    }

    static Decisions everything(String user) {
        return new Decisions(null, true, user);
    }

    /** Decisions that deny everything: for a request without principal. */
    public static Decisions nothing() {
        return new Decisions(null, false, "");
    }

    /** True when nothing is denied, so that all further questions can be spared. */
    public boolean permitsAll() {
        return all;
    }

    /** True when these permit and deny the same as others of the same principal, whatever version of the rules they come from. */
    public boolean isAs(Decisions others) {
        return all || others.all
                ? all == others.all
                : rules == others.rules || rules != null && others.rules != null && rules.decidesAs(others.rules);
    }

    /**
     * True when one access to one node is permitted by itself, whatever is above it. Of a list without key, true when it is
     * permitted to entries whose key no rule names.
     */
    public boolean permits(Access access, DataPath path) {
        return all || path.isRoot() || permits(access, path.schema(), Place.of(path));
    }

    boolean permits(Access access, SchemaNode node, Place place) {
        return all || rules != null && rules.choice(node, access).permits(place, user);
    }

    /** True when the access is permitted to all instances of a node and of what is below it. */
    boolean permitsWhole(Access access, SchemaNode node) {
        return all || rules != null && rules.permitsWhole(node, access);
    }

    /** True when whether the access is permitted does not hang on key values. */
    boolean isConstant(Access access, SchemaNode node) {
        return all || rules == null || rules.choice(node, access).isConstant();
    }

    /**
     * True when the node at a path may be read, which takes that all above it may be read as well. Of a list without key:
     * when some of its entries may be.
     */
    public boolean mayRead(DataPath path) {
        return all || path.steps().stream().allMatch(this::mayReadStep);
    }

    private boolean mayReadStep(DataPath step) {
        var schema = step.schema();
        var isWhole = step.key().isEmpty() && (schema.kind() == NodeKind.LIST || schema.kind() == NodeKind.LEAF_LIST);
        return schema.isKey() || isWhole && !isConstant(Access.READ, schema) || permits(Access.READ, step);
    }

    /**
     * The tree without what must not be read (RFC 8341 §3.2.4); whoever filters it cannot learn what is hidden. The keys
     * of an entry that may be read are there in any case. Made while it is read; costs nothing where all may be read.
     *
     * @param root the root of a data tree
     */
    public InnerNode readable(InnerNode root) {
        return all ? root : new ReadableNode(this, root, null);
    }

    /**
     * The node of a path without what must not be read.
     *
     * @return empty when the node itself, or one above it, must not be read
     */
    public Optional<DataNode> readable(DataPath path, DataNode node) {
        if (all) {
            return Optional.of(node);
        }
        return mayRead(path) ? ReadableNode.below(this, node, Place.of(path)) : Optional.empty();
    }

    /**
     * The first access that an edit lacks: every node that it creates, changes or deletes, those below a deleted one too,
     * takes the permission to do so (RFC 8341 §3.2.5).
     *
     * @return empty when the edit is permitted
     */
    public Optional<Refusal> firstRefusal(Collection<Write> writes) {
        if (all) {
            return Optional.empty();
        }
        var check = new WriteCheck(this);
        return writes.stream().map(check::refusal).flatMap(Optional::stream).findFirst();
    }

    /**
     * Access that is lacking.
     *
     * @param access what is not permitted
     * @param path where; not below what the principal may read
     */
    public record Refusal(Access access, DataPath path) {}

    /**
     * True when an rpc or action may be invoked (RFC 8341 §3.1.3, §3.4.4).
     *
     * @param operation of kind rpc or action
     * @param target the data node of an action; null for an rpc
     */
    public boolean mayInvoke(SchemaNode operation, @Nullable DataPath target) {
        if (all) {
            return true;
        }
        if (operation.kind() == NodeKind.RPC
                && operation.name().equals("close-session")
                && operation.namespace().equals(NETCONF)) {
            return true;
        }
        var place = target == null ? Place.NOWHERE : Place.of(target);
        return (target == null || mayRead(target)) && permits(Access.EXEC, operation, place);
    }

    /**
     * True when a notification may be received (RFC 8341 §3.4.6).
     *
     * @param notification of kind notification
     * @param parent the data node that it is tied to; null at the top level
     */
    public boolean mayReceive(SchemaNode notification, @Nullable DataPath parent) {
        var place = parent == null ? Place.NOWHERE : Place.of(parent);
        return all || (parent == null || mayRead(parent)) && permits(Access.READ, notification, place);
    }
}
