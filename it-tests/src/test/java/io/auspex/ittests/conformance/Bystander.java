package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A client that reads one entry, first undisturbed and then while others attack. */
final class Bystander implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final int ANSWERS = 10;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int SLOWER = 10;

    private final List<String> refusals = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ConformanceServer server;
    private final Thread thread = Thread.ofPlatform().name("bystander").unstarted(this::readOn);
    private final Duration undisturbed;

    private Bystander(ConformanceServer server) throws Exception {
        this.server = server;
        for (var i = 0; i < 2 * ANSWERS; i++) {
            read();
        }
        undisturbed = median(times.subList(ANSWERS, 2 * ANSWERS));
        times.clear();
    }

    static Bystander of(ConformanceServer server) throws Exception {
        var bystander = new Bystander(server);
        bystander.thread.start();
        return bystander;
    }

    private void read() throws Exception {
        var start = System.nanoTime();
        var answer = server.http().send("GET", "/restconf/data/rc-test:top/mtu", Map.of(), null, ConformanceServer.ADMIN);
        times.add(Duration.ofNanos(System.nanoTime() - start));
        if (answer.status() != 200) {
            refusals.add(answer.toString());
        }
    }

    private void readOn() {
        try {
            do {
                read();
            } while (!ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (Exception e) {
            refusals.add(e.toString());
        }
    }

    private static Duration median(List<Duration> some) {
        return some.stream().sorted().skip(some.size() / 2).findFirst().orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        ended.countDown();
        thread.join();
    }

    /** Always answered, and of any ten answers in a row most came in a second, or about as soon as before the attacks. */
    void wasServed() {
        assertThat(refusals).isEmpty();
        var slower = undisturbed.multipliedBy(SLOWER);
        assertThat(times)
                .hasSizeGreaterThanOrEqualTo(ANSWERS);
        assertThat(IntStream.rangeClosed(0, times.size() - ANSWERS)
                        .mapToObj(i -> median(times.subList(i, i + ANSWERS))))
                .allMatch(m -> m.compareTo(slower.compareTo(SOON) > 0 ? slower : SOON) < 0);
    }
}
