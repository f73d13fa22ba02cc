package io.auspex.restconfserver;

import io.auspex.restconfserver.http.RequestFaultException;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults that are no answer of the model, as errors that tell nothing of the inside. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** A fault of the server: the log has the trace, the peer the number to find it by. */
    static YangError internal(Throwable fault) {
        var incident = UUID.randomUUID().toString();
        LOG.atError().setCause(fault).addKeyValue("incident", incident).log("request failed");
        return YangError.of(Failure.INTERNAL, "The server failed; the incident is " + incident + ".");
    }

    /** A request whose content does not come to its end. */
    static YangError of(RequestFaultException fault) {
        return YangError.of(ErrorStatus.of(fault.status()), String.valueOf(fault.getMessage()));
    }
}
