package io.auspex.server.observability;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a server takes requests: its parts, each with what keeps it from that, if anything. */
public final class Readiness {
    private static final String STARTING = "the server starts";
    private static final String STOPPING = "the server stops";

    private final Map<String, Check> checks = new ConcurrentHashMap<>();
    private volatile Optional<String> phase = Optional.of(STARTING);

    /** Looks at one part. */
    @FunctionalInterface
    public interface Check {
        /**
         * Returns when all is well.
         *
         * @throws Exception whose message says why it is not
         */
        void run() throws Exception;
    }

    public void add(String part, Check check) {
        checks.put(part, check);
    }

    /** Everything runs. */
    public void started() {
        phase = Optional.empty();
    }

    /** The end has begun; no more requests, please. */
    public void stopping() {
        phase = Optional.of(STOPPING);
    }

    /** What is wrong now, by part; empty when the server is ready. */
    Map<String, String> faults() {
        var faults = new TreeMap<String, String>();
        phase.ifPresent(why -> faults.put("server", why));
        if (faults.isEmpty()) {
            checks.forEach((part, check) -> {
                try {
                    check.run();
                } catch (Exception e) {
                    faults.put(part, String.valueOf(e.getMessage()));
                }
            });
        }
        return faults;
    }
}
