package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that goes on reading one entry while others attack. */
final class Bystander implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final List<String> refusals = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private int answers;

    private Bystander(ConformanceServer server) {
        thread = Thread.ofPlatform().name("bystander").unstarted(() -> read(server));
    }

    static Bystander of(ConformanceServer server) {
        var bystander = new Bystander(server);
        bystander.thread.start();
        return bystander;
    }

    private void read(ConformanceServer server) {
        try {
            do {
                var answer = server.http()
                        .send("GET", "/restconf/data/rc-test:top/mtu", Map.of(), null, ConformanceServer.ADMIN);
                answers++;
                if (answer.status() != 200) {
                    refusals.add(answer.toString());
                }
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

    /** Always answered, with the patience of its requests. */
    void wasServed() {
        assertThat(refusals).isEmpty();
        assertThat(answers).isPositive();
    }
}
