package io.auspex.restconfserver;

import io.auspex.access.Principal;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.restconfserver.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A user who asks for subscriptions, which belong to the user and not to the connection (RFC 8650 §3). */
record RestconfSubscriber(Principal principal, HttpRequest request, Locations locations) implements Subscriber {
    /** The path of a subscription below {+restconf}. */
    static final String PATH = "/subscriptions/";

    /** Whom a subscription belongs to. */
    private record User(String name) {}

    @Override
    public Object owner() {
        return new User(principal.name());
    }

    @Override
    public String encoding() {
        return Encoding.forErrors(List.of(), request.headers().first("Content-Type"))
                .encoding()
                .identity();
    }

    @Override
    public Set<String> encodings() {
        return Set.of(Encoding.JSON.identity(), Encoding.XML.identity());
    }

    @Override
    public Optional<String> uri(long id) {
        return Optional.of(locations.of(PATH + id, request));
    }

    @Override
    public void established(DynamicSubscription subscription) {
        // Whoever gets the URI begins to receive it.
    }
}
