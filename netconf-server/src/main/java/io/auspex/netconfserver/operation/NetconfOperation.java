package io.auspex.netconfserver.operation;

import io.auspex.datastore.Candidate;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Precondition;
import io.auspex.management.OriginSelection;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.netconfserver.txid.TxidMechanism;
import io.auspex.netconfserver.txid.TxidRequest;
import io.auspex.yang.codec.EditOperation;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation as a client asked for it, checked as far as that goes without looking at data (RFC 6241 §7). */
public sealed interface NetconfOperation {
    /** The local name, for logs, counters and access control. */
    String name();

    /** The module that defines it. */
    default String module() {
        return "ietf-netconf";
    }

    /**
     * True for what an auditor wants to know about: all but reads, the end of the session, and edits, which are noted as
     * changes when they are committed.
     */
    default boolean isNoted() {
        return switch (this) {
            case Get _, GetConfig _, GetData _, GetSchema _, Validate _, CreateSubscription _, CloseSession _ -> false;
            case EditConfig _, EditData _, EditFromUrl _ -> false;
            case Lock _, Unlock _, PartialLock _, PartialUnlock _, KillSession _ -> true;
            case Commit _, CancelCommit _, DiscardChanges _, Update _, CopyConfig _, DeleteConfig _ -> true;
            case Invoke _ -> false; // noted where it is done
        };
    }

    /** RFC 6241 §7.7. */
    record Get(Filter filter, WithDefaults defaults) implements NetconfOperation {
        @Override
        public String name() {
            return "get";
        }
    }

    /**
     * RFC 6241 §7.1.
     *
     * @param txids null for none
     */
    record GetConfig(
            DatastoreName source,
            Filter filter,
            WithDefaults defaults,
            @Nullable TxidRequest txids) implements NetconfOperation {
        @Override
        public String name() {
            return "get-config";
        }
    }

    /**
     * RFC 6241 §7.2.
     *
     * @param edits the target's changes, in document order
     * @param known what the client expects of running, by node (draft-ietf-netconf-transaction-id)
     * @param told how the client wants to be told the version of the target after it; null for not at all
     */
    record EditConfig(
            DatastoreName target,
            TestOption test,
            ErrorOption onError,
            List<Edit> edits,
            Map<DataPath, Precondition> known,
            @Nullable TxidMechanism told)
            implements NetconfOperation {
        public EditConfig {
            edits = List.copyOf(edits);
            known = Map.copyOf(known);
        }

        @Override
        public String name() {
            return "edit-config";
        }
    }

    /**
     * An edit whose configuration stands elsewhere (RFC 6241 §8.8.5.1, RFC 8526 §3.1.2).
     *
     * @param name edit-config or edit-data
     * @param module that defines it
     */
    record EditFromUrl(
            String name,
            String module,
            DatastoreName target,
            TestOption test,
            ErrorOption onError,
            EditOperation defaultOperation,
            URI url)
            implements NetconfOperation {}

    /** RFC 6241 §7.5. */
    record Lock(DatastoreName target) implements NetconfOperation {
        @Override
        public String name() {
            return "lock";
        }
    }

    /** RFC 6241 §7.6. */
    record Unlock(DatastoreName target) implements NetconfOperation {
        @Override
        public String name() {
            return "unlock";
        }
    }

    /** RFC 6241 §8.3.4.2. */
    record DiscardChanges() implements NetconfOperation {
        @Override
        public String name() {
            return "discard-changes";
        }
    }

    /**
     * RFC 6241 §8.4.
     *
     * @param confirmTimeout null for a commit that needs no confirmation
     * @param told how the client wants to be told the version of running after it; null for not at all
     */
    record Commit(
            @Nullable Duration confirmTimeout,
            @Nullable String persist,
            @Nullable String persistId,
            @Nullable TxidMechanism told)
            implements NetconfOperation {
        @Override
        public String name() {
            return "commit";
        }
    }

    /** RFC 6241 §8.4.4.1. */
    record CancelCommit(@Nullable String persistId) implements NetconfOperation {
        @Override
        public String name() {
            return "cancel-commit";
        }
    }

    /** draft-ietf-netconf-privcand §4.8.1.1. */
    record Update(Candidate.Resolution resolution) implements NetconfOperation {
        @Override
        public String name() {
            return "update";
        }

        @Override
        public String module() {
            return "ietf-netconf-private-candidate";
        }
    }

    /** RFC 6241 §8.6.4.1. */
    record Validate(Source source) implements NetconfOperation {
        @Override
        public String name() {
            return "validate";
        }
    }

    /**
     * RFC 6241 §7.3.
     *
     * @param defaults how the source's defaults are copied (RFC 6243 §4.5)
     */
    record CopyConfig(Target target, Source source, WithDefaults defaults) implements NetconfOperation {
        @Override
        public String name() {
            return "copy-config";
        }
    }

    /** RFC 6241 §7.4. */
    record DeleteConfig(URI target) implements NetconfOperation {
        @Override
        public String name() {
            return "delete-config";
        }
    }

    /** Where a configuration goes: into a datastore or elsewhere (RFC 6241 §7.3, §8.8). */
    sealed interface Target {
        record Into(DatastoreName datastore) implements Target {}

        record Url(URI url) implements Target {}
    }

    /** Where configuration comes from: a datastore, the message itself or elsewhere (RFC 6241 §7.3, §8.8). */
    sealed interface Source {
        record Of(DatastoreName datastore) implements Source {}

        record Inline(TreeNode configuration) implements Source {}

        record Url(URI url) implements Source {}
    }

    /**
     * RFC 5717 §2.1.1.
     *
     * @param select the nodes to lock
     */
    record PartialLock(List<Filter.XPath> select) implements NetconfOperation {
        public PartialLock {
            select = List.copyOf(select);
        }

        @Override
        public String name() {
            return "partial-lock";
        }

        @Override
        public String module() {
            return "ietf-netconf-partial-lock";
        }
    }

    /** RFC 5717 §2.1.2. */
    record PartialUnlock(long lock) implements NetconfOperation {
        @Override
        public String name() {
            return "partial-unlock";
        }

        @Override
        public String module() {
            return "ietf-netconf-partial-lock";
        }
    }

    /**
     * RFC 8526 §3.1.1.
     *
     * @param maxDepth levels below, and with, each node that the filter selects
     * @param origins null for any
     * @param txids null for none
     */
    record GetData(
            DatastoreName datastore,
            Filter filter,
            ReadRequest.Content content,
            int maxDepth,
            WithDefaults defaults,
            @Nullable OriginSelection origins,
            boolean withOrigin,
            @Nullable TxidRequest txids)
            implements NetconfOperation {
        @Override
        public String name() {
            return "get-data";
        }

        @Override
        public String module() {
            return "ietf-netconf-nmda";
        }
    }

    /**
     * RFC 8526 §3.1.2.
     *
     * @param known what the client expects of running, by node (draft-ietf-netconf-transaction-id)
     * @param told how the client wants to be told the version of the target after it; null for not at all
     */
    record EditData(
            DatastoreName datastore,
            List<Edit> edits,
            Map<DataPath, Precondition> known,
            @Nullable TxidMechanism told) implements NetconfOperation {
        public EditData {
            edits = List.copyOf(edits);
            known = Map.copyOf(known);
        }

        @Override
        public String name() {
            return "edit-data";
        }

        @Override
        public String module() {
            return "ietf-netconf-nmda";
        }
    }

    /** RFC 6241 §7.8. */
    record CloseSession() implements NetconfOperation {
        @Override
        public String name() {
            return "close-session";
        }
    }

    /** RFC 6241 §7.9. */
    record KillSession(long session) implements NetconfOperation {
        @Override
        public String name() {
            return "kill-session";
        }
    }

    /** RFC 6022 §3.1. */
    record GetSchema(String identifier, @Nullable String version, String format) implements NetconfOperation {
        @Override
        public String name() {
            return "get-schema";
        }

        @Override
        public String module() {
            return "ietf-netconf-monitoring";
        }
    }

    /** RFC 5277 §2.1.1. */
    record CreateSubscription(
            String stream,
            Filter filter,
            @Nullable Instant startTime,
            @Nullable Instant stopTime) implements NetconfOperation {
        @Override
        public String name() {
            return "create-subscription";
        }

        @Override
        public String module() {
            return "notifications";
        }
    }

    /** An rpc or action of a module (RFC 7950 §7.14, §7.15). */
    record Invoke(SchemaNode operation, @Nullable DataPath target, InnerNode input) implements NetconfOperation {
        @Override
        public String name() {
            return operation.name();
        }

        @Override
        public String module() {
            return operation.module().name();
        }
    }

    /** What is done with the rest of the edits when one fails (RFC 6241 §7.2). */
    enum ErrorOption {
        /** All edits are done or none: for stop-on-error, too, since none is done before all of them are looked at. */
        ROLLBACK,
        /** The others are done. */
        CONTINUE
    }

    /** What is tried before an edit (RFC 6241 §7.2, §8.6.4.1). */
    enum TestOption {
        /** The target has to be valid with the edit, else there is none. */
        TEST_THEN_SET,
        /** A candidate may become invalid. */
        SET,
        /** Nothing is edited. */
        TEST_ONLY
    }
}
