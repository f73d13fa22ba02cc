package io.auspex.datastore;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.SchemaNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves operational state (config false data) of its part of the tree (RFC 8342 §5.3).
 *
 * <p>What it serves is made while it is read: a reader that asks for one list entry by key costs one entry, and lists are
 * iterated lazily, in the order of their keys. The reader merges it with the configuration in use: where both have a node,
 * their children are united, entries of a list by key.
 */
public interface OperationalProvider {
    /** The top-level nodes under which this provider may have state, always the same. */
    Set<SchemaNode> roots();

    /**
     * The state below the root at this moment, as a lazy tree of the whole path from the root node down: only
     * config false nodes, and the containers and list entries (with their keys) that lead to them.
     *
     * @param running the root of the configuration in use
     * @return null when there is none
     */
    @Nullable
    InnerNode state(InnerNode running);

    /** Where configuration nodes come from that this provider serves and nobody has configured, such as list entries. */
    default Origin origin() {
        return Origin.SYSTEM;
    }

    /** True when reading the state waits for nothing but memory, so that an event loop may do it. */
    default boolean inMemory() {
        return false;
    }

    /** True when every change of the state is told to those who registered for it, or it never changes. */
    default boolean feeds() {
        return false;
    }

    /** Registers for changes of the state; a feed may be called from any thread and must not wait. */
    AutoCloseable feed(Feed feed);

    /** Hears of changes of operational state. */
    interface Feed {
        /** The state at and below a path may have changed; the path is of a container or a list entry. */
        void changed(io.auspex.yang.schema.DataPath path);
    }
}
