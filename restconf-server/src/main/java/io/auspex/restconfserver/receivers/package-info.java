/** Sends the notifications of configured subscriptions to HTTPS servers (draft-ietf-netconf-https-notif). */
@NullMarked
package io.auspex.restconfserver.receivers;

import org.jspecify.annotations.NullMarked;
