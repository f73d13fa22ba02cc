package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import java.util.List;
import java.util.Optional;

/**
 * What one receiver of a configured subscription is to get, and how it is reached.
 *
 * @param terms their encoding counts where {@code encoding} is given only
 * @param told the target as the receiver is told of it
 * @param policies the nodes of the subscription but its receivers: when they are others, it is modified
 * @param encoding the one that is configured
 * @param references what the instance refers to in running
 */
record ReceiverSetup(
        Principal principal,
        Terms terms,
        Target told,
        List<DataNode> policies,
        Optional<String> encoding,
        ReceiverTransport transport,
        InnerNode instance,
        List<InnerNode> references) {

    /** True when another setup asks for the same of the subscription. */
    boolean isSamePolicy(ReceiverSetup other) {
        var written = terms.target().written();
        var others = other.terms.target().written();
        return policies.equals(other.policies) && (written == null ? others == null : written.equals(others));
    }

    /** True when the receiver is reached in another way. */
    boolean isElsewhere(ReceiverSetup other) {
        return !instance.equals(other.instance) || !references.equals(other.references);
    }
}
