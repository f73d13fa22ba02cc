package io.auspex.assuranceengine.graph;

/** What of a subservice reaches one that depends on it (RFC 9417 §3.4). */
public sealed interface Impact {

    /** Score and symptoms, as they are. */
    record Full() implements Impact {}

    /** The symptoms, which weigh nothing there. */
    record Information() implements Impact {}

    /**
     * A share of what the score lacks to 100, and of the symptoms' weights.
     *
     * @param percent 1 to 100
     */
    record Share(int percent) implements Impact {
        public Share {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("a share of " + percent + " % is outside 1..100");
            }
        }
    }

    /**
     * Score and symptoms as one of a group of which some are enough: what the others make up for weighs nothing.
     *
     * @param group the dependencies of a subservice that have the same name make the group
     * @param needed how many of the group have to work
     * @param weight of the symptom that none is to spare any more
     */
    record Redundant(String group, int needed, int weight) implements Impact {
        public Redundant {
            if (needed < 1 || weight < 0 || weight > 100) {
                throw new IllegalArgumentException("redundancy group '" + group + "': expected at least 1 needed and a"
                        + " weight in 0..100, got " + needed + " and " + weight);
            }
        }
    }
}
