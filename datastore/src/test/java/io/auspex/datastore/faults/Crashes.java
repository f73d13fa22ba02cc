package io.auspex.datastore.faults;

import io.auspex.datastore.faults.CrashingFiles.Fault;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.TreeNode;
import java.util.List;
import java.util.Random;

/**
 * Takes the power away, or lets the disk fail, at each step of a workload and of the start after it; what was acknowledged must
 * be found, and what was not, whole or not at all.
 */
public final class Crashes {
    private static final int IN_RECOVERY_EVERY = 16;
    private static final int FURTHER = 3;

    private final Workload workload;
    private final Findings findings;
    private final long seed;
    private final int commits;
    private final List<TreeNode> states;
    private long tried;

    public Crashes(Workload workload, Findings findings, long seed, int commits) {
        this.workload = workload;
        this.findings = findings;
        this.seed = seed;
        this.commits = commits;
        states = workload.commit(CrashingFiles.reliable(), seed, commits);
    }

    /**
     * The power goes at each step; every state of the disk that this can leave is opened, some of them with another power cut
     * on the way.
     *
     * @param perStep how many states of one step are looked at
     */
    public void powerCuts(int perStep) {
        for (var step = 1; ; step++) {
            var files = new CrashingFiles(Fault.POWER_CUT, step);
            var acknowledged = acknowledged(files);
            if (!files.hasFailed()) {
                return;
            }
            var at = "power cut at step " + step;
            files.afterEveryPowerCut(perStep).forEach(found -> {
                if (tried++ % IN_RECOVERY_EVERY == 0) {
                    cutWhileRecovering(found, acknowledged, at);
                }
                expectFound(found, acknowledged, at);
            });
        }
    }

    private int acknowledged(CrashingFiles files) {
        return Math.max(0, workload.commit(files, seed, commits).size() - 1);
    }

    private void cutWhileRecovering(CrashingFiles found, int acknowledged, String at) {
        for (var step = 1; ; step++) {
            var files = found.nextProcess(Fault.POWER_CUT, step);
            try {
                workload.reopen(files);
            } catch (StorageException e) {
                // the power is gone
            }
            if (!files.hasFailed()) {
                return;
            }
            var again = files.afterPowerCut(new Random(tried * 31 + step));
            expectFound(again, acknowledged, at + ", then at step " + step + " of the start");
        }
    }

    /** Each step fails once in each way, until there is none left; the process ends, the next one goes on, the power goes. */
    public void diskFaults() {
        for (var fault : List.of(Fault.ONE_ERROR, Fault.FSYNC_ERROR, Fault.DISK_FULL, Fault.SHORT_WRITE)) {
            for (var step = 1; ; step++) {
                var files = new CrashingFiles(fault, step);
                var acknowledged = acknowledged(files);
                if (!files.hasFailed()) {
                    break;
                }
                var at = fault + " at step " + step;
                expectFound(files.nextProcess(Fault.ONE_ERROR, Integer.MAX_VALUE), acknowledged, at);
                expectFound(files.afterPowerCut(new Random(step)), acknowledged, at + ", then a power cut");
            }
        }
    }

    /** What is found must be as acknowledged, and what is acknowledged from then on survive the next power cut. */
    private void expectFound(CrashingFiles files, int acknowledged, String at) {
        try {
            var after = workload.commit(files, seed + 1, FURTHER);
            var may = states.subList(acknowledged, Math.min(states.size(), acknowledged + 2));
            findings.expect(!after.isEmpty() && may.contains(after.getFirst()), at + ": something else is found");
            var last = workload.reopen(files.afterPowerCut(new Random(tried)));
            findings.expect(
                    after.size() == FURTHER + 1 && after.getLast().equals(last), at + ": a commit after it is lost");
        } catch (StorageException e) {
            findings.expect(false, at + ": " + e.getMessage());
        }
    }
}
