package io.auspex.management;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The operations that put the candidate in force, for callers without a session, who edit it as a datastore resource
 * (RFC 6241 §8.3, §8.4; RFC 8527 §3.1). NETCONF sessions do them by themselves.
 */
final class CandidateOperations {
    private static final String MODULE = "ietf-netconf";

    private final DatastoreControl control;

    private CandidateOperations(DatastoreControl control) {
        this.control = control;
    }

    /** Registers them as far as the model has them. */
    static void register(Operations operations, DatastoreControl control) {
        var candidate = new CandidateOperations(control);
        operations.rpcIfKnown(MODULE, "commit", (_, input) -> candidate.commit(input));
        operations.rpcIfKnown(MODULE, "cancel-commit", (_, input) -> candidate.cancel(input));
        operations.rpcIfKnown(MODULE, "discard-changes", (_, _) -> candidate.discard());
    }

    private @Nullable InnerNode commit(InnerNode input) throws YangException {
        var persistId = text(input, "persist-id");
        if (input.value("confirmed").isEmpty()) {
            control.commit(persistId);
            return null;
        }
        var persist = text(input, "persist");
        if (persist == null && persistId == null) {
            throw new YangException(
                    YangError.of(Failure.MISSING_ELEMENT, "a confirmed commit without a session needs 'persist'")
                            .withInfo(ErrorInfo.badElement("persist")));
        }
        var seconds = input.value("confirm-timeout").map(t -> (Long) t).orElse(600L);
        control.commitConfirmed(Duration.ofSeconds(seconds), persist, persistId);
        return null;
    }

    private @Nullable InnerNode cancel(InnerNode input) throws YangException {
        control.cancelCommit(text(input, "persist-id"));
        return null;
    }

    private @Nullable InnerNode discard() throws YangException {
        control.discardChanges();
        return null;
    }

    private static @Nullable String text(InnerNode input, String name) {
        return input.value(name).map(Object::toString).orElse(null);
    }
}
