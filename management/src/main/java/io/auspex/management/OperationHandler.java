package io.auspex.management;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import org.jspecify.annotations.Nullable;

/** Does an rpc or action (RFC 7950 §7.14, §7.15). */
@FunctionalInterface
public interface OperationHandler {
    /**
     * Called on a virtual thread with the caller bound as {@link io.auspex.access.Principal#CURRENT}.
     *
     * @param target the data node of an action; null for an rpc
     * @param input validated, its schema node of kind input; empty when there is none
     * @return the output, its schema node of kind output; null for none
     */
    @Nullable
    InnerNode invoke(@Nullable DataPath target, InnerNode input) throws YangException;
}
