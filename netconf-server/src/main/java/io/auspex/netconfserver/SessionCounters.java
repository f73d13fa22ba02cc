package io.auspex.netconfserver;

import java.util.concurrent.atomic.LongAdder;

/** The counters that ietf-netconf-monitoring knows, of a session and of all (RFC 6022 §2.1.4, §2.1.5). */
final class SessionCounters {
    final LongAdder inRpcs = new LongAdder();
    final LongAdder inBadRpcs = new LongAdder();
    final LongAdder outRpcErrors = new LongAdder();
    final LongAdder outNotifications = new LongAdder();
}
