package io.auspex.assuranceengine;

/** The health score of a subservice (RFC 9418 §3.2), where −1 is {@link Unknown}. */
public sealed interface Health {
    Health PERFECT = new Score(100);

    /** A computed score: 100 is fully operational, 0 is broken. */
    record Score(int value) implements Health {
        public Score {
            if (value < 0 || value > 100) {
                throw new IllegalArgumentException("health-score " + value + " is outside 0..100");
            }
        }
    }

    /** The score could not be computed: neither healthy nor broken. */
    record Unknown(Reason why) implements Health {}

    /** Why a score is unknown. */
    enum Reason {
        NOT_YET_COMPUTED,
        DEVICE_UNREACHABLE,
        METRIC_STALE,
        METRIC_MISSING,
        METRIC_INVALID,
        METRIC_UNSUPPORTED,
        MODEL_MISSING,
        TYPE_UNSUPPORTED
    }

    default boolean isPerfect() {
        return this instanceof Score(int value) && value == 100;
    }

    /** The score as RFC 9418 puts it on the wire: −1 where it is unknown. */
    default int wireValue() {
        return switch (this) {
            case Score(int value) -> value;
            case Unknown _ -> -1;
        };
    }

    /**
     * The worse of two healths, for impacting dependencies: a known 0 is the worst, then unknown, then the lower score.
     * Combining in any order and grouping gives the same score.
     */
    static Health worse(Health a, Health b) {
        return HealthCode.decode(HealthCode.worse(HealthCode.encode(a), HealthCode.encode(b)));
    }
}
