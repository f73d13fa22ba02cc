package io.auspex.datastore.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** How many cases were tried, and what was wrong in which. */
public final class Findings {
    private static final int MOST = 20;

    private final LongConsumer progress;
    private final List<String> faults = new ArrayList<>();
    private long cases;
    private long wrong;

    /** @param progress told after each case how many there were */
    public Findings(LongConsumer progress) {
        this.progress = progress;
    }

    public Findings() {
        this(_ -> {});
    }

    /** A case was tried; what is false is wrong. */
    void expect(boolean right, String what) {
        progress.accept(++cases);
        if (!right) {
            wrong++;
            if (faults.size() < MOST) {
                faults.add(what);
            }
        }
    }

    public long cases() {
        return cases;
    }

    public long wrong() {
        return wrong;
    }

    /** What was wrong, up to a bound. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
