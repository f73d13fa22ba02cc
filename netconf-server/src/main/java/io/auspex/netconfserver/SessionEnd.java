package io.auspex.netconfserver;

/**
 * Why a session ended (RFC 6470 §2.2, netconf-session-end).
 *
 * @param text for people
 * @param killedBy the session that did it; 0 for none
 */
public record SessionEnd(Reason reason, String text, long killedBy) {
    /** The reasons that ietf-netconf-notifications names. */
    public enum Reason {
        CLOSED("closed"),
        KILLED("killed"),
        DROPPED("dropped"),
        TIMEOUT("timeout"),
        BAD_HELLO("bad-hello"),
        OTHER("other");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public SessionEnd(Reason reason, String text) {
        this(reason, text, 0);
    }
}
