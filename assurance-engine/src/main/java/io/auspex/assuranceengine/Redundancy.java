package io.auspex.assuranceengine;

import java.util.Arrays;

/** The health of a group of dependencies of which some are enough: that of the worst one that is needed. */
final class Redundancy {
    private Redundancy() {}

    /** The health of the {@code needed}-th best member, unknown where that hangs on members whose health is unknown. */
    static byte best(byte[] members, int needed) {
        byte hoped = best(members, needed, HealthCode.PERFECT);
        byte feared = best(members, needed, (byte) 0);
        if (hoped == feared) {
            return hoped;
        }
        byte reason = Byte.MIN_VALUE;
        for (byte member : members) {
            reason = member < 0 ? (byte) Math.max(reason, member) : reason;
        }
        return hoped == 0 ? 0 : reason;
    }

    private static byte best(byte[] members, int needed, byte unknown) {
        byte[] sorted = members.clone();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = sorted[i] < 0 ? unknown : sorted[i];
        }
        Arrays.sort(sorted);
        return sorted[Math.max(0, sorted.length - needed)];
    }

    /** Whether there were members to spare and none is left: another one that breaks breaks the group. */
    static boolean isLost(byte[] members, int needed) {
        int working = members.length;
        for (byte member : members) {
            working -= member == 0 ? 1 : 0;
        }
        return members.length > needed && working == needed;
    }

    /** Whether the group makes up for a member of this health, so that its symptoms weigh nothing. */
    static boolean makesUpFor(byte member, byte best) {
        return best >= 0 && (member < 0 || member < best);
    }
}
