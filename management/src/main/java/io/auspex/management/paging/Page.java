package io.auspex.management.paging;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.xpath.XPath;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a list or values of a leaf-list are read (draft-ietf-netconf-list-pagination §3.1, §3.2), in the order
 * in which the parameters take effect.
 *
 * @param where what an entry must fulfil, the entry being the context node; null for nothing
 * @param sortBy null for the order of the list itself
 * @param backwards true to go from the last entry to the first
 * @param cursor key of the first entry; null for none
 * @param offset how many entries are left out first
 * @param limit most entries; {@link #UNBOUNDED} for all
 * @param sublistLimit most entries of each list and values of each leaf-list below; {@link #UNBOUNDED} for all
 */
public record Page(
        @Nullable XPath where,
        @Nullable SortBy sortBy,
        boolean backwards,
        @Nullable ListKey cursor,
        long offset,
        long limit,
        long sublistLimit) {
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** Limits lists below the target alone. */
    public static Page ofSublists(long limit) {
        return new Page(null, null, false, null, 0, UNBOUNDED, limit);
    }
}
