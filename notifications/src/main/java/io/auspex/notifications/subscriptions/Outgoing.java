package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Notification;

/**
 * A notification of a subscription, to be sent.
 *
 * @param id its place in the subscription, as {@link DynamicSubscription#attach} takes it: {@code EVENT.OTHER}, the id of
 *     the last event of the stream, and how many notifications were sent that are no events of a stream
 */
public record Outgoing(String id, Notification notification) {}
