package io.auspex.netconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.management.EditRequest;
import io.auspex.management.Management;
import io.auspex.netconfserver.operation.NetconfOperation.Commit;
import io.auspex.netconfserver.operation.NetconfOperation.EditConfig;
import io.auspex.netconfserver.operation.NetconfOperation.ErrorOption;
import io.auspex.netconfserver.operation.NetconfOperation.TestOption;
import io.auspex.netconfserver.txid.TxidMechanism;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Edits and commits (RFC 6241 §7.2, §8.3.4.1, §8.4; draft-ietf-netconf-transaction-id). */
final class Edits {
    private final Management management;

    Edits(Management management) {
        this.management = management;
    }

    Reply commit(Commit commit) throws YangException {
        var control = management.control();
        var version = commit.confirmTimeout() == null
                ? control.commit(commit.persistId())
                : control.commitConfirmed(commit.confirmTimeout(), commit.persist(), commit.persistId());
        return done(commit.told(), OptionalLong.of(version));
    }

    Reply edit(EditConfig edit) throws YangException {
        if (edit.test() != TestOption.SET
                && (edit.target() == DatastoreName.CANDIDATE || edit.test() == TestOption.TEST_ONLY)) {
            management.control().test(edit.target(), edit.edits());
        }
        if (edit.test() == TestOption.TEST_ONLY
                || (edit.edits().isEmpty() && edit.known().isEmpty())) {
            return new Reply.Ok();
        }
        try {
            var root = DataPath.root(management.model().root());
            var result = management.edit(new EditRequest(edit.target(), root, edit.edits(), null, edit.known()));
            var version = edit.target() == DatastoreName.RUNNING ? result.version() : null;
            return done(edit.told(), version == null ? OptionalLong.empty() : OptionalLong.of(version));
        } catch (YangException e) {
            if (edit.onError() == ErrorOption.CONTINUE
                    && edit.edits().size() > 1
                    && edit.known().isEmpty()) {
                return oneByOne(edit);
            }
            throw e;
        }
    }

    private static Reply done(@Nullable TxidMechanism told, OptionalLong version) {
        return told == null ? new Reply.Ok() : new Reply.Told(told, version);
    }

    /** Does the edits that can be done, and names the errors of the others (RFC 6241 §7.2, continue-on-error). */
    private Reply oneByOne(EditConfig edit) {
        var errors = new ArrayList<YangError>();
        for (var one : edit.edits()) {
            try {
                management.edit(new EditRequest(edit.target(), List.of(one), null));
            } catch (YangException e) {
                errors.addAll(e.errors());
            }
        }
        return errors.isEmpty() ? new Reply.Ok() : new Reply.Failed(errors);
    }
}
