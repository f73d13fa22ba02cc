package io.auspex.netconfserver;

import io.auspex.access.Principal;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.yang.error.YangException;
import java.util.Optional;
import java.util.Set;

/** A session that asks for subscriptions, which belong to it and end with it (RFC 8640 §5). */
record SessionSubscriber(NetconfSession session) implements Subscriber {
    private static final String ENCODING = "encode-xml";

    @Override
    public Principal principal() {
        return session.principal();
    }

    @Override
    public Object owner() {
        return session;
    }

    @Override
    public String encoding() {
        return ENCODING;
    }

    @Override
    public Set<String> encodings() {
        return Set.of(ENCODING);
    }

    @Override
    public Optional<String> uri(long id) {
        return Optional.empty();
    }

    /** The notifications begin when the reply is sent (RFC 8640 §6). */
    @Override
    public void established(DynamicSubscription subscription) throws YangException {
        session.feeds().add(SessionFeeds.Kind.ESTABLISHED, new SubscriptionFeed(subscription.attach(null)));
    }
}
