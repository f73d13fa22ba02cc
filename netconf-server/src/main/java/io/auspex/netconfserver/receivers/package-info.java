/** Receivers of configured subscriptions that are NETCONF clients (RFC 8639 §2.5, RFC 8071). */
@NullMarked
package io.auspex.netconfserver.receivers;

import org.jspecify.annotations.NullMarked;
