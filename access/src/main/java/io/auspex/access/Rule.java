package io.auspex.access;

import io.auspex.yang.schema.SchemaNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One access control rule (RFC 8341 §3.3.5).
 *
 * @param name rule-list and rule, for messages
 * @param module the module of the node accessed; null for any
 * @param target what kind of access the rule is about
 * @param accesses which access operations
 * @param permit its action
 */
record Rule(String name, @Nullable String module, Target target, Set<Access> accesses, boolean permit) {
    Rule {
        accesses = Set.copyOf(accesses);
    }

    /** The rule-type of a rule (RFC 8341 §3.3.5). */
    sealed interface Target {
        /** All of them. */
        record Anything() implements Target {}

        /** An rpc; null for any. */
        record Operation(@Nullable String name) implements Target {}

        /** A notification; null for any. */
        record Event(@Nullable String name) implements Target {}

        /** A data node, or an action or notification tied to one, and what is below it. */
        record Data(NodePath path) implements Target {}
    }

    /** How a node is accessed: which rule-types are about it (RFC 8341 §3.4.4 to §3.4.6). */
    enum Subject {
        OPERATION,
        EVENT,
        DATA
    }

    /** True when the rule is about the node, as far as the schema tells. */
    boolean concerns(Subject subject, SchemaNode node, Access access) {
        if (!accesses.contains(access)
                || module != null && !module.equals(node.module().name())) {
            return false;
        }
        return switch (target) {
            case Target.Anything() -> true;
            case Target.Operation(var rpc) -> subject == Subject.OPERATION && (rpc == null || rpc.equals(node.name()));
            case Target.Event(var notification) ->
                subject == Subject.EVENT && (notification == null || notification.equals(node.name()));
            case Target.Data(var path) -> subject == Subject.DATA && path.covers(node);
        };
    }

    /** True when whether the rule matches hangs on key values. */
    boolean needsKeys() {
        return target instanceof Target.Data(var path) && !path.isKeyless();
    }

    boolean fits(Place place, String user) {
        return !(target instanceof Target.Data(var path)) || path.fits(place, user);
    }

    /** True when the rule matches whatever is done. */
    boolean matchesAll() {
        return module == null && target instanceof Target.Anything && accesses.size() == Access.values().length;
    }
}
