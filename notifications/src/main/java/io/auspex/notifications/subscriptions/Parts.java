package io.auspex.notifications.subscriptions;

import io.auspex.access.AccessControl;
import io.auspex.notifications.push.Push;
import java.time.InstantSource;

/** What all subscriptions share. */
record Parts(
        SubscriptionSchema schemas, AccessControl access, Push push, InstantSource clock, Envelopes.Switch envelopes) {}
