package io.auspex.history;

/** What an event is about; each but a value holds until the next one of its kind and subject. */
enum EventKind {
    /** The graph as a whole has another version, which is the content. */
    GRAPH(0),
    /** A subservice is configured like this, as {@link NodeState#encoded}; without content where it is not any more. */
    CONFIGURATION(1),
    /** A subservice stands like this, as {@link HealthState#encoded}; without content where it went with the subservice. */
    HEALTH(2),
    /** A metric had a value at that moment. */
    VALUE(3),
    /** A process began to write: how subservices stand is not known until it is told again. */
    START(4);

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /** As it stands in the table. */
    int code() {
        return code;
    }
}
