package io.auspex.devicesimulator;

import java.time.Duration;

/** Something that happens to a simulated device, bad or good. */
public sealed interface Fault {
    /** The link of an interface is lost. */
    record InterfaceDown(String name) implements Fault {}

    /** The link of an interface is there again. */
    record InterfaceUp(String name) implements Fault {}

    /**
     * An interface receives broken packets.
     *
     * @param perSecond how many; 0 for none any more
     */
    record InputErrors(String name, double perSecond) implements Fault {
        public InputErrors {
            if (!(perSecond >= 0)) {
                throw new IllegalArgumentException("errors per second: " + perSecond + ", expected 0 or more");
            }
        }
    }

    /** Every connection breaks; new ones are possible at once. */
    record DropSessions() implements Fault {}

    /**
     * Every answer takes its time.
     *
     * @param delay zero for none any more
     */
    record SlowReplies(Duration delay) implements Fault {}

    /** Replies are no well-formed XML, or are again. */
    record MalformedReplies(boolean on) implements Fault {}

    /** Replies stop after a few bytes, and nothing follows; or go through again, on new sessions. */
    record CutReplies(boolean on) implements Fault {}

    /** The device has another SSH host key. */
    record NewHostKey() implements Fault {}

    /** Logins are refused, or taken again; sessions that are open stay. */
    record RefuseLogins(boolean on) implements Fault {}

    /** Nothing listens and every connection breaks; or the device is there again. */
    record Unreachable(boolean on) implements Fault {}
}
