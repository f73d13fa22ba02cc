package io.auspex.management;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Write;
import io.auspex.datastore.Change;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.CommitResult;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Lets a commit, or an edit of a candidate, pass only when its caller may make every change in it, and puts changed rules in force (RFC 8341). */
public final class AccessGuard implements CommitListener {
    private static final ScopedValue<Boolean> BY_SERVER = ScopedValue.newInstance();

    private final ModelContext model;
    private final AccessControl access;
    private final UnaryOperator<InnerNode> inForce;
    private final Optional<SchemaNode> rules;

    /**
     * A guard of commits.
     *
     * @param inForce what is in force, given running: running itself, or with what the system adds to it
     */
    public AccessGuard(ModelContext model, AccessControl access, UnaryOperator<InnerNode> inForce) {
        this.model = model;
        this.access = access;
        this.inForce = inForce;
        this.rules = model.root().child("ietf-netconf-acm", "nacm");
    }

    /** The access control that it asks. */
    AccessControl access() {
        return access;
    }

    /** A commit that the server itself makes, for nobody. */
    @FunctionalInterface
    interface Commit {
        CommitResult run() throws YangException;
    }

    /** Makes a commit that nobody's rights are asked for: it restores what was, and nobody wants anything. */
    static void byServer(Commit commit) throws YangException {
        ScopedValue.where(BY_SERVER, true).<CommitResult, YangException>call(commit::run);
    }

    @Override
    public void validate(ChangeSet changes) throws YangException {
        check(changes.changes());
    }

    @Override
    public void checkCandidate(List<Change> changes) throws YangException {
        check(changes);
    }

    private void check(List<Change> changes) throws YangException {
        if (!BY_SERVER.isBound() && !access.current().permitsAll()) {
            access.checkWrites(changes.stream()
                    .map(c -> new Write(c.path(), c.before(), c.after(), c.moved()))
                    .toList());
        }
    }

    @Override
    public void committed(ChangeSet changes) {
        if (rules.isPresent()
                && changes.before().child(rules.get()) != changes.after().child(rules.get())) {
            access.rules(Nacm.of(model, inForce.apply(changes.after())));
        }
    }
}
