package io.auspex.netconfserver;

import io.auspex.netconfserver.txid.TxidMechanism;
import io.auspex.yang.error.YangError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/** How an operation is answered (RFC 6241 §4.2). */
sealed interface Reply {
    /** Done, with nothing to say. */
    record Ok() implements Reply {}

    /** Done, and what it was done to has this version now; empty for one that is not committed. */
    record Told(TxidMechanism mechanism, OptionalLong version) implements Reply {}

    /** Done, and the session ends after the reply (RFC 6241 §7.8). */
    record Farewell() implements Reply {}

    /** What the operation returns, made while it is written. */
    record Content(Writer writer) implements Reply {}

    /** Refused, or not possible. */
    record Failed(List<YangError> errors) implements Reply {
        public Failed {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("a failed reply names at least one error");
            }
        }
    }

    /** Writes what stands between the tags of a reply, where the base namespace is the default one. */
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }
}
