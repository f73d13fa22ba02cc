package io.auspex.notifications;

/** No more events will come; the message says why. */
public final class SubscriptionEndedException extends Exception {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    /** Why a subscription ended. */
    public enum Reason {
        /** It was closed by its receiver. */
        CLOSED,
        /** Its stop time was reached. */
        COMPLETED,
        /** Its receiver did not keep up and the queue was full. */
        OVERFLOW,
        /** The stream is closed: the server stops. */
        STREAM_CLOSED,
        /** The replay log cannot be read. */
        REPLAY_FAILED
    }

    public SubscriptionEndedException(Reason reason, String why) {
        super(why);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
