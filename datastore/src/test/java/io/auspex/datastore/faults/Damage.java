package io.auspex.datastore.faults;

import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A journal, cut at each byte and with bits turned over: what is accepted must be whole and have been acknowledged. */
public final class Damage {
    private final Workload workload;
    private final Findings findings;
    private final CrashingFiles files = CrashingFiles.reliable();
    private final List<TreeNode> states = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final Path journal;

    /** Writes a journal of so many bytes. */
    public Damage(Workload workload, Findings findings, long seed, int bytes) {
        this.workload = workload.withoutSnapshots();
        this.findings = findings;
        var random = new Random(seed);
        try (var datastores = this.workload.open(files)) {
            journal = files.list(Workload.FOLDER).stream()
                    .filter(f -> f.getFileName().toString().startsWith("journal"))
                    .findFirst()
                    .orElseThrow();
            remember(datastores.running());
            while (length() < bytes) {
                datastores.commit(workload.edits().apply(random));
                if (length() > ends.getLast()) {
                    remember(datastores.running());
                }
            }
        } catch (YangException e) {
            throw new IllegalStateException(e);
        }
    }

    private void remember(TreeNode state) {
        states.add(state);
        ends.add(length());
    }

    /** Bytes of the journal. */
    public int length() {
        return files.bytes(journal).length;
    }

    /** Cut at any byte, it gives the commits before the cut. */
    public void truncations() {
        var commits = 0;
        for (var cut = 0; cut <= length(); cut++) {
            while (commits + 1 < ends.size() && ends.get(commits + 1) <= cut) {
                commits++;
            }
            var at = cut;
            var copy = files.copy();
            copy.damage(journal, b -> Arrays.copyOf(b, at));
            findings.expect(
                    workload.reopen(copy).equals(states.get(commits)),
                    "cut at byte " + cut + ": something else is found");
        }
    }

    /**
     * With any bit turned over it is refused; in the last frame, where a write that was cut off looks the same, that frame is
     * left out.
     */
    public void flips(Random random, int count) {
        var last = ends.get(ends.size() - 2);
        for (var i = 0; i < count; i++) {
            var at = random.nextInt(length());
            var bit = random.nextInt(8);
            var copy = files.copy();
            copy.damage(journal, b -> {
                b[at] ^= (byte) (1 << bit);
                return b;
            });
            var flip = "bit " + bit + " of byte " + at;
            try {
                var found = workload.reopen(copy);
                findings.expect(at >= last && found.equals(states.get(states.size() - 2)), flip + " is accepted");
            } catch (StorageException e) {
                findings.expect(
                        at < last && String.valueOf(e.getMessage()).contains("is damaged: a damaged frame at byte"),
                        flip + ": " + e.getMessage());
            }
        }
    }
}
