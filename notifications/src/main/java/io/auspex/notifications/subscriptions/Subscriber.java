package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.yang.error.YangException;
import java.util.Optional;
import java.util.Set;

/** Who asks for a subscription, and over what; bound by a transport while it does an operation on subscriptions. */
public interface Subscriber {
    /** The subscriber of the request being served; without one no subscription can be established. */
    ScopedValue<Subscriber> CURRENT = ScopedValue.newInstance();

    Principal principal();

    /**
     * What a subscription belongs to: the session in NETCONF (RFC 8640 §5), the user in RESTCONF. Those of equal owners may
     * be modified and deleted.
     */
    Object owner();

    /** The encoding of the request, {@code encode-xml} or {@code encode-json}; used where none is asked for. */
    String encoding();

    /** The encodings that the transport can send notifications in. */
    Set<String> encodings();

    /** Where the subscription's notifications are got, in RESTCONF (RFC 8650 §3.3); empty where they come by themselves. */
    Optional<String> uri(long id);

    /**
     * Told of a new subscription. In NETCONF the session sends its notifications once the reply is sent; in RESTCONF whoever
     * gets the URI attaches to it.
     *
     * @throws YangException when the transport cannot send for it; it ends
     */
    void established(DynamicSubscription subscription) throws YangException;
}
