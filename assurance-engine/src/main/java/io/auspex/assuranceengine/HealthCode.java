package io.auspex.assuranceengine;

/** A health in one byte: 0..100 is the score, below 0 is unknown for the reason of ordinal {@code -1 - code}. */
final class HealthCode {
    static final byte PERFECT = 100;
    static final byte NOT_YET_COMPUTED = -1;

    private static final Health.Reason[] REASONS = Health.Reason.values();
    private static final Health[] HEALTHS = new Health[101 + REASONS.length];

    static {
        for (int score = 0; score <= 100; score++) {
            HEALTHS[score] = new Health.Score(score);
        }
        for (Health.Reason reason : REASONS) {
            HEALTHS[101 + reason.ordinal()] = new Health.Unknown(reason);
        }
    }

    private HealthCode() {}

    static byte encode(Health health) {
        return switch (health) {
            case Health.Score(int value) -> (byte) value;
            case Health.Unknown(var why) -> unknown(why);
        };
    }

    static Health decode(byte code) {
        return HEALTHS[code >= 0 ? code : 100 - code];
    }

    static byte unknown(Health.Reason why) {
        return (byte) (-1 - why.ordinal());
    }

    static boolean isUnknown(byte code) {
        return code < 0;
    }

    /** What a weight is by a share of it; never nothing of something, but by a share of 0. */
    static int part(int weight, double share) {
        return share == 1 ? weight : (int) Math.ceil(weight * share - 1e-9);
    }

    /** The health that is left when a share of what is lacking counts. */
    static byte share(byte code, int percent) {
        return code < 0 ? code : (byte) (100 - part(100 - code, percent / 100.0));
    }

    /** A known 0 before unknown before the lower score; of two unknowns the first reason. */
    static byte worse(byte a, byte b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        if (a < 0 || b < 0) {
            return a < 0 && b < 0 ? (byte) Math.max(a, b) : (byte) Math.min(a, b);
        }
        return (byte) Math.min(a, b);
    }
}
