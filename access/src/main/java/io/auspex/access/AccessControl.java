package io.auspex.access;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Access control as it stands at the moment: the rules in force, and the counters of what they denied (RFC 8341 §3.3.2). */
public final class AccessControl {
    private static final Principal NOBODY = new Principal("nobody", Set.of(), "inside");

    private final Audit audit;
    private final LongAdder deniedOperations = new LongAdder();
    private final LongAdder deniedDataWrites = new LongAdder();
    private final LongAdder deniedNotifications = new LongAdder();
    private final Collection<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Nacm rules;

    public AccessControl(Nacm rules, Audit audit) {
        this.rules = rules;
        this.audit = audit;
    }

    /** Puts other rules in force; whoever asks from now on gets them. */
    public void rules(Nacm now) {
        rules = now;
        listeners.forEach(Runnable::run);
    }

    /** Calls back when other rules are in force; the call must not wait. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** What the caller bound as {@link Principal#CURRENT} may do now; nothing when none is bound. */
    public Decisions current() {
        return Principal.CURRENT.isBound() ? decisions(Principal.CURRENT.get()) : Decisions.nothing();
    }

    /** What a principal may do now. */
    public Decisions decisions(Principal principal) {
        return rules.forPrincipal(principal);
    }

    /**
     * Checks that the caller may make an edit.
     *
     * @param writes what the edit would change
     * @throws YangException access-denied, naming the first access that is lacking
     */
    public void checkWrites(Collection<Write> writes) throws YangException {
        var refusal = current().firstRefusal(writes).orElse(null);
        if (refusal != null) {
            deniedDataWrites.increment();
            throw denied(refusal.access(), refusal.path(), refusal.path().toString());
        }
    }

    /**
     * Checks that the caller may invoke an operation.
     *
     * @param target the data node of an action; null for an rpc
     * @throws YangException access-denied
     */
    public void checkInvoke(SchemaNode operation, @Nullable DataPath target) throws YangException {
        if (!current().mayInvoke(operation, target)) {
            deniedOperations.increment();
            throw denied(Access.EXEC, target, operation.qualifiedName());
        }
    }

    /** Notes that the caller has done an operation. */
    public void invoked(SchemaNode operation, @Nullable DataPath target) {
        var name = operation.qualifiedName();
        audit.note(new AuditEvent.Invoked(caller(), target == null ? name : target + "/" + name));
    }

    /** True when a receiver may get an event now; an event denied is counted. */
    public boolean mayReceive(Principal receiver, SchemaNode notification, @Nullable DataPath parent) {
        var may = decisions(receiver).mayReceive(notification, parent);
        if (!may) {
            deniedNotifications.increment();
        }
        return may;
    }

    private YangException denied(Access access, @Nullable DataPath path, String target) {
        var by = caller();
        audit.note(new AuditEvent.Denied(by, access, target));
        var message = "user '" + by.name() + "' has no " + access + " access to " + target;
        return path == null
                ? new YangException(Failure.ACCESS_DENIED, message)
                : new YangException(Failure.ACCESS_DENIED, path, message);
    }

    private static Principal caller() {
        return Principal.CURRENT.isBound() ? Principal.CURRENT.get() : NOBODY;
    }

    public long deniedOperations() {
        return deniedOperations.sum();
    }

    public long deniedDataWrites() {
        return deniedDataWrites.sum();
    }

    public long deniedNotifications() {
        return deniedNotifications.sum();
    }
}
