package io.auspex.datastore;

import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;

/** Keeps the commits to running. */
interface Storage extends AutoCloseable {
    /** Bytes that a start would read again, beside the snapshot; 0 where nothing is kept. */
    default long journalBytes() {
        return 0;
    }

    /** Running as it was kept. */
    TreeNode root();

    /** The version of running as it was kept; 0 when there was no commit. */
    long version();

    /** @throws YangException when nothing can be saved any more */
    void checkWritable() throws YangException;

    /**
     * Begins to save a commit, which follows all that were given before.
     *
     * @param saved is run when it is durable, in the order of the commits, on one thread at a time
     */
    Saving save(ChangeSet changes, Runnable saved) throws YangException;

    /** The saving of the newest commit. */
    Saving last();

    @Override
    void close();

    /** A commit that is being saved. */
    @FunctionalInterface
    interface Saving {
        Saving DONE = () -> {};

        /** Waits until it is durable and published. */
        void await() throws YangException;
    }

    static Storage open(ModelContext model, DatastoreConfig config) {
        var folder = config.folder();
        return folder == null ? new InMemory(TreeNode.empty(model.root())) : new SavedStorage(model, config, folder);
    }

    /** Keeps nothing. */
    record InMemory(TreeNode root) implements Storage {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public void checkWritable() {}

        @Override
        public Saving save(ChangeSet changes, Runnable saved) {
            saved.run();
            return Saving.DONE;
        }

        @Override
        public Saving last() {
            return Saving.DONE;
        }

        @Override
        public void close() {}
    }
}
