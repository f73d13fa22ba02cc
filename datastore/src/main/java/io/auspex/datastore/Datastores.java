package io.auspex.datastore;

import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datastores of a server (RFC 8342 §5): running, which commits change; intended, which is running as it takes effect;
 * operational, which unites intended with the state that providers serve; candidates, and the factory settings.
 *
 * <p>Readers take an immutable root and never wait. Commits are applied one after the other on their callers' threads to the
 * newest root, which readers see once it is durable; while one commit is being saved, the next are validated.
 */
public final class Datastores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Datastores.class);

    private final ModelContext model;
    private final DatastoreConfig config;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock writer = new ReentrantLock();
    private final ThreadLocal<Boolean> publishing = ThreadLocal.withInitial(() -> false);
    private final Storage storage;
    private final Validation validation;
    private final Locks locks = new Locks();
    private final Candidate candidate;
    private final TreeNode factoryDefault;

    /** What the next commit builds on; not yet durable perhaps. Guarded by {@link #writer}. */
    private TreeNode head;

    private long lastVersion;
    private volatile TreeNode running;
    private volatile Providers providers = new Providers(List.of());

    private Datastores(ModelContext model, DatastoreConfig config, Storage storage, TreeNode factoryDefault) {
        this.model = model;
        this.factoryDefault = factoryDefault;
        this.config = config;
        this.storage = storage;
        head = storage.root();
        lastVersion = storage.version();
        running = head;
        validation = new Validation(model, head);
        candidate = new Candidate(this, true);
    }

    /** As {@link #open(ModelContext, DatastoreConfig, TreeNode)}, with factory settings that have nothing in them. */
    public static Datastores open(ModelContext model, DatastoreConfig config) {
        return open(model, config, TreeNode.empty(model.root()));
    }

    /**
     * Opens the datastores of a folder, or new ones in memory.
     *
     * @param factoryDefault what running is before the first commit
     * @throws StorageException when the folder cannot be used or what is in it cannot be
     *     trusted, or the factory settings are not valid; says what to do
     */
    public static Datastores open(ModelContext model, DatastoreConfig config, TreeNode factoryDefault) {
        var datastores = new Datastores(model, config, Storage.open(model, config), factoryDefault);
        try {
            datastores.begin();
        } catch (YangException e) {
            datastores.close();
            throw new StorageException("the factory settings are no valid configuration: " + e.getMessage(), e);
        }
        return datastores;
    }

    private void begin() throws YangException {
        validation.check(TreeNode.empty(model.root()), factoryDefault);
        if (lastVersion == 0 && !factoryDefault.isEmpty()) {
            commit(new Edit(Operation.REPLACE, DataPath.root(model.root()), factoryDefault));
        }
    }

    public ModelContext model() {
        return model;
    }

    /** The configuration in use: the state after the last commit that is durable. */
    public TreeNode running() {
        return running;
    }

    /** What running asks for after all that the server makes of it, which is nothing: always valid (RFC 8342 §5.1.4). */
    public TreeNode intended() {
        return running;
    }

    /** What running was before the first commit, and is after a factory reset (RFC 8808 §3). */
    public TreeNode factoryDefault() {
        return factoryDefault;
    }

    /** The operational state at this moment, for one thread; made while it is read. */
    public OperationalView operational() {
        return new OperationalView(running, providers);
    }

    /** The candidate that all sessions share (RFC 6241 §8.3). */
    public Candidate candidate() {
        return candidate;
    }

    /** A candidate for one session alone. */
    public Candidate privateCandidate() {
        return new Candidate(this, false);
    }

    /** A version for what is made now from something of another version. */
    long versionAfter(long version) {
        return Versions.next(version, config.clock().instant());
    }

    /**
     * Locks a datastore for a session. When this returns, its readers see every commit that came before: no commit of another
     * session is under way.
     *
     * @throws YangException lock-denied, with the session that holds the lock, be it the same one; for the shared candidate also
     *     when it has changes (RFC 6241 §8.3.5.2)
     */
    public void lock(DatastoreName datastore, long session) throws YangException {
        if (datastore == DatastoreName.CANDIDATE) {
            candidate.lock(session);
            return;
        }
        between(() -> locks.lock(datastore, session));
    }

    /**
     * Locks parts of running for a session, as {@link #lock} does the whole (RFC 5717 §2.1.1).
     *
     * @return the lock's number
     * @throws YangException lock-denied when another session holds a lock on running or on a part of it that overlaps
     */
    public long lockParts(Set<DataPath> nodes, long session) throws YangException {
        var id = new long[1];
        between(() -> id[0] = locks.lockParts(nodes, session));
        return id[0];
    }

    private interface Step {
        void run() throws YangException;
    }

    /** Does something while no commit takes place, and those before it can be seen. */
    private void between(Step step) throws YangException {
        writer.lock();
        try {
            storage.last().await();
            step.run();
        } finally {
            writer.unlock();
        }
    }

    /** The locks of sessions on datastores. */
    public Locks locks() {
        return locks;
    }

    /**
     * Checks whether a root could be committed; listeners are not asked.
     *
     * @throws YangException with every error found, up to a bound
     */
    public void validate(TreeNode root) throws YangException {
        writer.lock();
        try {
            validation.check(head, root);
        } finally {
            writer.unlock();
        }
    }

    /** Asks the listeners whether changes may be made in a candidate. */
    void checkCandidate(List<Change> changes) throws YangException {
        for (var listener : listeners) {
            listener.checkCandidate(changes);
        }
    }

    /** Takes part in all further commits, after the listeners that are there. */
    public AutoCloseable listen(CommitListener listener) {
        listeners.add(Objects.requireNonNull(listener));
        return () -> listeners.remove(listener);
    }

    /** Serves operational state from now on. */
    public AutoCloseable provide(OperationalProvider provider) {
        Objects.requireNonNull(provider);
        change(all -> all.with(provider));
        return () -> change(all -> all.without(provider));
    }

    private synchronized void change(UnaryOperator<Providers> change) {
        providers = change.apply(providers);
    }

    /** The providers of operational state, for those who subscribe to its changes. */
    public List<OperationalProvider> providers() {
        return providers.all();
    }

    /** The providers that may have state under a top-level node. */
    public List<OperationalProvider> providers(SchemaNode top) {
        return providers.of(top);
    }

    /**
     * Checks whether commits can be saved at all.
     *
     * @throws YangException unavailable, saying why
     */
    public void checkWritable() throws YangException {
        storage.checkWritable();
    }

    /** Bytes of commits in the journal since the last snapshot. */
    public long journalBytes() {
        return storage.journalBytes();
    }

    /** As {@link #commit(Transaction)}, without condition, by no session. */
    public CommitResult commit(Edit... edits) throws YangException {
        return commit(Transaction.of(edits));
    }

    /**
     * Makes edits in running. When this returns they are durable, and readers see them.
     *
     * @throws YangException when nothing was changed, with every reason found
     */
    public CommitResult commit(Transaction transaction) throws YangException {
        if (publishing.get()) {
            throw new IllegalStateException(
                    "a listener commits while it is told of a commit, and would wait for itself");
        }
        Made made;
        writer.lock();
        try {
            made = make(transaction);
        } catch (YangException e) {
            made = new Made(storage.last(), () -> {
                throw e;
            });
        } finally {
            writer.unlock();
        }
        made.saving().await();
        return made.outcome().get();
    }

    /** What became of a transaction; told when readers see the state that it is told of. */
    private record Made(Storage.Saving saving, Outcome outcome) {
        private interface Outcome {
            CommitResult get() throws YangException;
        }
    }

    private Made make(Transaction transaction) throws YangException {
        storage.checkWritable();
        locks.checkFree(DatastoreName.RUNNING, transaction.session());
        transaction.precondition().check(head);
        var before = head;
        var target = transaction.edits().isEmpty()
                ? null
                : transaction.edits().getFirst().target();
        var created = target != null && !EditApplier.exists(before, target);
        var verdict = validation.check(before, EditApplier.apply(before, transaction.edits()));
        var after = verdict.after();
        if (verdict.changes().isEmpty()) {
            var none = new ChangeSet(lastVersion, before, before, List.of());
            var result = new CommitResult(none, created, target == null ? 0 : Versions.nearest(before, target));
            return new Made(storage.last(), () -> result);
        }
        var version = versionAfter(lastVersion);
        var set = new ChangeSet(version, before, after, Differences.committing(before, after, version));
        locks.checkParts(set.changes(), transaction.session());
        for (var listener : listeners) {
            listener.validate(set);
        }
        var result = new CommitResult(set, created, target == null ? version : Versions.nearest(after, target));
        var saving = storage.save(set, () -> publish(set));
        validation.accept(verdict);
        head = after;
        lastVersion = version;
        return new Made(saving, () -> result);
    }

    private void publish(ChangeSet set) {
        running = set.after();
        publishing.set(true);
        try {
            for (var listener : listeners) {
                try {
                    listener.committed(set);
                } catch (RuntimeException e) {
                    LOG.atError()
                            .setCause(e)
                            .addKeyValue("listener", listener)
                            .addKeyValue("version", set.version())
                            .log("a listener failed on a commit");
                }
            }
        } finally {
            publishing.remove();
        }
    }

    /** Saves what is not saved, and lets the folder go. */
    @Override
    public void close() {
        storage.close();
    }

    static YangException unavailable(String why) {
        return new YangException(Failure.UNAVAILABLE, why);
    }
}
