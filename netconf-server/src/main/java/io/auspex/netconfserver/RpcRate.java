package io.auspex.netconfserver;

/**
 * How many rpcs one session may ask for: so many a second, and after a pause as many at once as come together in
 * {@value #SECONDS} seconds (a token bucket). Used by one thread.
 */
final class RpcRate {
    private static final int SECONDS = 2;
    private static final double MILLIS = 1_000;

    private final int perSecond;
    private double left;
    private long counted;

    RpcRate(int perSecond, long nowMillis) {
        this.perSecond = perSecond;
        this.left = (double) perSecond * SECONDS;
        this.counted = nowMillis;
    }

    /** Takes one; false when there is none left at that time. */
    boolean take(long nowMillis) {
        left = Math.min(left + Math.max(0, nowMillis - counted) * perSecond / MILLIS, (double) perSecond * SECONDS);
        counted = nowMillis;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
