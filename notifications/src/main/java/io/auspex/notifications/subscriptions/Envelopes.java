package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Envelope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The envelopes of what one subscription sends to one receiver, numbered; or that there are none. */
final class Envelopes {
    private static final long LAST = 0xffff_ffffL;

    private final @Nullable String hostname;
    private long number;

    /** @param hostname null for no envelopes */
    private Envelopes(@Nullable String hostname) {
        this.hostname = hostname;
    }

    /** Whether subscriptions that begin from now on send envelopes. */
    static final class Switch {
        private final Supplier<String> hostname;
        private volatile boolean on;

        /** @param hostname gives the name of the server at the moment */
        Switch(Supplier<String> hostname) {
            this.hostname = hostname;
        }

        /** Sets it; true when it was otherwise. */
        synchronized boolean set(boolean wanted) {
            var changed = on != wanted;
            on = wanted;
            return changed;
        }

        boolean isOn() {
            return on;
        }

        Envelopes begin() {
            return new Envelopes(on ? hostname.get() : null);
        }
    }

    boolean isOn() {
        return hostname != null;
    }

    /** The next one; null for none. After the last number comes 0. */
    @Nullable
    Envelope next() {
        if (hostname == null) {
            return null;
        }
        number = number == LAST ? 0 : number + 1;
        return new Envelope(hostname, number);
    }

    /** The number of the last one. */
    long number() {
        return number;
    }

    /** Goes on after a number. */
    void goBack(long last) {
        number = last;
    }
}
