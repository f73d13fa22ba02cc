package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.YangModule;
import io.auspex.netconfsouthbound.NotificationQueue.Received;
import io.auspex.netconfsouthbound.PushMessage.Edit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subscription at a device, and the values that hold by it (RFC 8641 §3).
 *
 * <pre>
 *  ──► waiting ──push-update──► in sync ──patch missed──► out of sync ◄──resumed── suspended
 *         ▲                        │                        │  ▲                      ▲
 *         └────────────────────────┴── everything asked for ┘  └──────────────────────┘ from any state
 * </pre>
 */
final class PushSubscription {
    private static final long PATCH_IDS = 1L << 32;
    private static final long REPEATED = 1_000;
    private static final MetricReading GONE = new MetricReading.Missing("the device says that it is gone");

    final String id;
    final UpdateTrigger trigger;
    final Set<MetricPath> paths;
    final PushTargets targets;
    private final Map<MetricPath, MetricReading> values = new HashMap<>();
    private Sync sync = Sync.WAITING;
    private long expectedPatch;
    /** It bears ids that count: a change that is missing is an exception, and told apart from the others. */
    private boolean countsPatches = true;

    private boolean afterUpdate;
    private boolean mayBeResumed;
    private long lastUpdate;
    private long lastSign;

    /** How far the values can be relied on. */
    enum Sync {
        WAITING,
        IN_SYNC,
        OUT_OF_SYNC,
        SUSPENDED
    }

    PushSubscription(String id, UpdateTrigger trigger, Set<MetricPath> paths, Set<YangModule> modules, long now) {
        this.id = id;
        this.trigger = trigger;
        this.paths = paths;
        this.targets = new PushTargets(paths, modules);
        this.lastUpdate = now;
        this.lastSign = now;
    }

    /** The values that hold as long as the device says nothing else; none while some may be wrong, or for one period only. */
    Map<MetricPath, MetricReading> standing() {
        return trigger == UpdateTrigger.ON_CHANGE && sync == Sync.IN_SYNC ? values : Map.of();
    }

    /** When all of it came the last time, or was last waited for. */
    long lastUpdate() {
        return lastUpdate;
    }

    Sync sync() {
        return sync;
    }

    /** Changes are missing which the device would have told if all were well. */
    boolean hasLostChanges() {
        return trigger == UpdateTrigger.ON_CHANGE && sync == Sync.OUT_OF_SYNC && countsPatches;
    }

    boolean isSuspended() {
        return sync == Sync.SUSPENDED;
    }

    /** When the device was last known to be there. */
    long lastSign() {
        return lastSign;
    }

    /** The device said something about the subscription, or answered. */
    void signOfLife(long now) {
        lastSign = Math.max(lastSign, now);
    }

    void suspended(long now) {
        sync = Sync.SUSPENDED;
        mayBeResumed = false;
        lastUpdate = now;
    }

    /** Some changes are missing: nothing counts until the next push-update. What is suspended tells none, but may no longer be so. */
    void missed() {
        if (sync == Sync.SUSPENDED) {
            mayBeResumed = true;
        } else {
            sync = Sync.OUT_OF_SYNC;
        }
    }

    /** Whether a resumption may have been missed since this was asked the last time. */
    boolean mayBeResumed() {
        var may = mayBeResumed && sync == Sync.SUSPENDED;
        mayBeResumed = false;
        return may;
    }

    /** After a suspension changes may be missing. */
    void resumed(long now) {
        sync = trigger == UpdateTrigger.ON_CHANGE ? Sync.OUT_OF_SYNC : Sync.WAITING;
        lastUpdate = now;
    }

    /** The device was asked for everything: what it sends is waited for from now on. */
    void waitFor(long now) {
        sync = Sync.WAITING;
        lastUpdate = now;
    }

    /**
     * Takes all values.
     *
     * @return one reading for each path; of an incomplete update, which says nothing of what it leaves out, those that it holds
     */
    Map<MetricPath, MetricReading> update(Received received, PushMessage message) {
        var contents = message.contents() == null ? new PathMatcher(targets.root()) : message.contents();
        var all = message.incomplete()
                ? contents.found()
                : contents.readings(paths, "the device's update does not hold it");
        values.putAll(all);
        lastUpdate = received.nanos();
        afterUpdate = true;
        sync = message.incomplete() ? Sync.OUT_OF_SYNC : Sync.IN_SYNC;
        return all;
    }

    /** Who hears what a path has now. */
    interface News {
        void tell(MetricPath path, MetricReading reading);
    }

    /** Takes changes, and tells what changed of the paths; false where the message is of no use. */
    boolean change(PushMessage message, News news) {
        if (sync == Sync.WAITING || !inOrder(message.patchId())) {
            return false;
        }
        if (sync == Sync.SUSPENDED) {
            sync = Sync.OUT_OF_SYNC;
        }
        News changed = (path, reading) -> {
            values.put(path, reading);
            news.tell(path, reading);
        };
        for (var edit : message.edits()) {
            apply(edit, changed);
        }
        if (message.incomplete()) {
            missed();
        }
        return true;
    }

    /** Ids count up, after a push-update from 0 or from anywhere; one that was there before says nothing new. */
    private boolean inOrder(@Nullable String patchId) {
        long got;
        try {
            got = patchId == null ? -1 : Long.parseLong(patchId);
        } catch (NumberFormatException e) {
            // Some devices name their patches in another way: then nobody can tell which are missing.
            return true;
        }
        countsPatches = got >= 0;
        if (got < 0) {
            missed();
            return true;
        }
        var behind = afterUpdate ? 0 : Math.floorMod(expectedPatch - got, PATCH_IDS);
        if (behind != 0) {
            if (behind < REPEATED) {
                return false;
            }
            missed();
        }
        expectedPatch = Math.floorMod(got + 1, PATCH_IDS);
        afterUpdate = false;
        return true;
    }

    private void apply(Edit edit, News changed) {
        var found = edit.found();
        switch (edit.operation()) {
            case "delete", "remove" -> replace(edit.place().node(), Map.of(), changed);
            case "create", "insert", "replace" -> {
                replace(edit.place().node(), found == null ? Map.of() : found, changed);
                if (found == null) {
                    missed();
                }
            }
            case "merge" -> {
                if (found == null) {
                    missed();
                } else {
                    found.forEach(changed::tell);
                }
            }
            case "move" -> {}
            default -> missed();
        }
    }

    private static void replace(PathTree.Node node, Map<MetricPath, MetricReading> found, News changed) {
        if (node.leaf != null) {
            changed.tell(node.leaf, found.getOrDefault(node.leaf, GONE));
        }
        node.children.values().forEach(child -> replace(child, found, changed));
    }
}
