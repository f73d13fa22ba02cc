package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Envelope;
import io.auspex.notifications.Notification;
import org.jspecify.annotations.Nullable;

/**
 * A notification of a subscription, to be sent.
 *
 * @param id its place in the subscription, as {@link DynamicSubscription#attach} takes it: {@code EVENT.OTHER}, the id of
 *     the last event of the stream, and how many notifications were sent that are no events of a stream; with
 *     envelopes also {@code .NUMBER}, that of the envelope
 * @param envelope what it is sent in; null for none
 */
public record Outgoing(
        String id, Notification notification, @Nullable Envelope envelope) {}
