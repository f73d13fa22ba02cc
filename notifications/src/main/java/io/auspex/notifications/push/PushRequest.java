package io.auspex.notifications.push;

import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.yang.data.OpaqueNode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One subscription to a datastore, as its source has to know it.
 *
 * @param id of the subscription
 * @param principal whose rights count
 * @param sync whether all that is selected is to be sent first
 * @param sent counts the updates that its receiver got, of whatever source
 * @param patches counts its change updates; goes on when its source is made anew
 */
public record PushRequest(
        long id,
        DatastoreName datastore,
        Selection selection,
        Trigger trigger,
        Principal principal,
        OpaqueNode.Encoding encoding,
        boolean sync,
        AtomicLong sent,
        AtomicLong patches) {
    private static final long LAST_PATCH_ID = 0xffff_ffffL;

    /** True when its receiver got an update, and may hold what was deleted since. */
    boolean isTold() {
        return sent.get() > 0;
    }

    /** The id of the next change update: from 0, and again from 0 after 2^32-1 (RFC 8641 §3.7). */
    long nextPatchId() {
        return patches.getAndIncrement() & LAST_PATCH_ID;
    }
}
