package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that reads one entry, first undisturbed and then while others attack. */
final class Bystander implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final int ANSWERS = 10;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int SLOWER = 10;

    /** One in so many seconds may be spent on answers that are late, since the machine does other things, too. */
    private static final int SELDOM = 5;

    private final List<String> refusals = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ConformanceServer server;
    private final Thread thread = Thread.ofPlatform().name("bystander").unstarted(this::readOn);
    private final Duration undisturbed;
    private final long start;

    private Bystander(ConformanceServer server) throws Exception {
        this.server = server;
        for (var i = 0; i < 2 * ANSWERS; i++) {
            read();
        }
        undisturbed = times.subList(ANSWERS, 2 * ANSWERS).stream()
                .sorted()
                .skip(ANSWERS / 2)
                .findFirst()
                .orElseThrow();
        times.clear();
        start = System.nanoTime();
    }

    static Bystander of(ConformanceServer server) throws Exception {
        var bystander = new Bystander(server);
        bystander.thread.start();
        return bystander;
    }

    private void read() throws Exception {
        var asked = System.nanoTime();
        var answer =
                server.http().send("GET", "/restconf/data/rc-test:top/mtu", Map.of(), null, ConformanceServer.ADMIN);
        times.add(Duration.ofNanos(System.nanoTime() - asked));
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

    @Override
    public void close() throws InterruptedException {
        ended.countDown();
        thread.join();
    }

    /** Always answered, and seldom later than in a second, or than ten times what it took before the attacks. */
    void wasServed() {
        assertThat(refusals).isEmpty();
        var slower = undisturbed.multipliedBy(SLOWER);
        var soon = slower.compareTo(SOON) > 0 ? slower : SOON;
        var held = times.stream().filter(t -> t.compareTo(soon) > 0).reduce(Duration.ZERO, Duration::plus);
        assertThat(held)
                .as("time that it waited for answers that took longer than " + soon)
                .isLessThan(Duration.ofNanos(System.nanoTime() - start).dividedBy(SELDOM));
    }
}
