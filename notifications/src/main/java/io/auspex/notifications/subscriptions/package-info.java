/** Subscriptions that subscribers establish, to event streams and to datastores (RFC 8639, RFC 8641). */
@NullMarked
package io.auspex.notifications.subscriptions;

import org.jspecify.annotations.NullMarked;
