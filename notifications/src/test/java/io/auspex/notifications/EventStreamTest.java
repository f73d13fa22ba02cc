package io.auspex.notifications;

import static io.auspex.notifications.Events.START;
import static io.auspex.notifications.Events.limits;
import static io.auspex.notifications.Events.n;
import static io.auspex.notifications.Events.register;
import static io.auspex.notifications.Events.streams;
import static io.auspex.notifications.Events.taken;
import static io.auspex.notifications.Events.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams without a log: order, filters, bounds, ends (hostile input A116, A118). */
class EventStreamTest {
    private final Events.Clock clock = new Events.Clock();
    private final LoggedEventStreams streams = streams(null, clock, limits(16));
    private final EventStream stream = register(streams);

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private void publish(int from, int to) {
        for (var i = from; i <= to; i++) {
            stream.publish(tick(clock.instant(), i));
        }
    }

    @Test
    void receiversGetWhatIsPublishedAfterTheySubscribedInOrder() throws Exception {
        publish(1, 2);
        var subscription = stream.subscribe(e -> true, null, null);
        publish(3, 5);
        assertThat(taken(subscription)).containsExactly("3", "4", "5");
        assertThat(taken(subscription)).isEmpty();
    }

    @Test
    void theFilterIsAskedWhenAnEventIsTakenSoThatTheRulesOfThatMomentCount() throws Exception {
        var permitted = new AtomicLong(1);
        var subscription = stream.subscribe(e -> n(e) <= permitted.get(), null, null);
        publish(1, 3);
        permitted.set(2);
        assertThat(taken(subscription)).containsExactly("1", "2");
    }

    @Test
    void aReceiverThatDoesNotKeepUpIsEndedAndOthersAreNot() throws Exception {
        var slow = stream.subscribe(e -> true, null, null);
        var fast = stream.subscribe(e -> true, null, null);
        publish(1, 16);
        assertThat(taken(fast)).hasSize(16);
        publish(17, 20);
        assertThat(taken(fast)).containsExactly("17", "18", "19", "20");
        assertThat(taken(slow)).containsExactly("end OVERFLOW");
        assertThatThrownBy(() -> slow.next(Duration.ZERO))
                .isInstanceOf(SubscriptionEndedException.class)
                .hasMessage("the receiver did not keep up with stream NETCONF");
    }

    @Test
    void aQueueThatIsJustFullLosesNothing() throws Exception {
        var subscription = stream.subscribe(e -> true, null, null);
        publish(1, 16);
        assertThat(taken(subscription)).hasSize(16).startsWith("1").endsWith("16");
    }

    @Test
    void aWaitingReceiverIsWokenByAnEvent() throws Exception {
        var got = new ArrayList<Long>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var subscription = stream.subscribe(e -> true, null, null);
            var task = tasks.submit(() -> subscription.next(Duration.ofSeconds(20)) instanceof Delivery.Event e
                    && got.add(n(e.notification())));
            await().until(() -> ((Receiver) subscription).isWaiting());
            publish(7, 7);
            assertThat(task.get()).isTrue();
        }
        assertThat(got).containsExactly(7L);
    }

    @Test
    void aWaitingReceiverIsWokenByItsCloseAndByTheCloseOfTheStream() throws Exception {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = stream.subscribe(e -> true, null, null);
            var two = stream.subscribe(e -> true, null, null);
            var first = tasks.submit(() -> end(one));
            var second = tasks.submit(() -> end(two));
            await().until(() -> ((Receiver) one).isWaiting() && ((Receiver) two).isWaiting());
            one.close();
            assertThat(first.get()).isEqualTo(SubscriptionEndedException.Reason.CLOSED);
            streams.close();
            assertThat(second.get()).isEqualTo(SubscriptionEndedException.Reason.STREAM_CLOSED);
        }
    }

    private static SubscriptionEndedException.Reason end(Subscription subscription) throws InterruptedException {
        try {
            while (true) {
                subscription.next(Duration.ofSeconds(20));
            }
        } catch (SubscriptionEndedException e) {
            return e.reason();
        }
    }

    @Test
    void nothingInTimeIsNull() throws Exception {
        var subscription = stream.subscribe(e -> true, null, null);
        assertThat(subscription.next(Duration.ofMillis(20))).isNull();
    }

    @Test
    void whatWasPublishedBeforeTheStreamClosedIsStillTaken() throws Exception {
        var subscription = stream.subscribe(e -> true, null, null);
        publish(1, 2);
        streams.close();
        publish(3, 3);
        assertThat(taken(subscription)).containsExactly("1", "2", "end STREAM_CLOSED");
    }

    @Test
    void theStopTimeCompletesTheSubscription() throws Exception {
        var subscription = stream.subscribe(e -> true, null, START.plusSeconds(10));
        publish(1, 1);
        clock.pass(Duration.ofSeconds(9));
        publish(2, 2);
        assertThat(taken(subscription)).containsExactly("1", "2");
        clock.pass(Duration.ofSeconds(2));
        publish(3, 3);
        assertThat(taken(subscription)).containsExactly("complete", "end COMPLETED");
    }

    @Test
    void whoResumesGetsWhatFollowsTheLastEventReceived() throws Exception {
        publish(1, 5);
        var last = new AtomicLong();
        var first = stream.resume(e -> true, 0, null, null);
        for (var i = 0; i < 3; i++) {
            if (first.next(Duration.ZERO) instanceof Delivery.Event e) {
                last.set(e.id());
            }
        }
        first.close();
        publish(6, 6);
        assertThat(taken(stream.resume(e -> true, last.get(), null, null))).containsExactly("4", "5", "6");
        assertThat(taken(stream.resume(e -> true, 1_000, null, null))).isEmpty();
    }

    @Test
    void timesThatMakeNoSenseAreRefusedByName() {
        refused(
                START.plusSeconds(1),
                null,
                "start-time 2026-11-21T10:00:01Z is in the future; now is 2026-11-21T10:00:00Z");
        refused(
                START.minusSeconds(1),
                START.minusSeconds(2),
                "stop-time 2026-11-21T09:59:58Z is not after start-time 2026-11-21T09:59:59Z");
        refused(null, START, "stop-time 2026-11-21T10:00:00Z is not in the future; now is 2026-11-21T10:00:00Z");
        assertThatThrownBy(() -> stream.subscribe(e -> true, START.minusSeconds(5), null))
                .hasMessage("stream NETCONF keeps no replay log");
        assertThatThrownBy(() -> stream.resume(e -> true, -1, null, null)).hasMessage("'-1' is no id of an event");
    }

    private void refused(@Nullable Instant start, @Nullable Instant stop, String message) {
        assertThatThrownBy(() -> stream.subscribe(e -> true, start, stop))
                .isInstanceOfSatisfying(
                        YangException.class, e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.INVALID_VALUE))
                .hasMessage(message);
    }

    @Test
    void receiversAreCountedAndBounded() throws Exception {
        try (var few = streams(null, clock, new StreamLimits(16, 16, 2, Duration.ofDays(1), 1 << 20))) {
            var narrow = register(few);
            var one = narrow.subscribe(e -> true, null, null);
            narrow.subscribe(e -> true, null, null);
            assertThatThrownBy(() -> narrow.subscribe(e -> true, null, null))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.RESOURCE_DENIED));
            one.close();
            one.close();
            narrow.subscribe(e -> true, null, null);
            assertThat(((LoggedStream) narrow).receivers()).isEqualTo(2);
        }
    }

    @Test
    void anEventIsEncodedOnceForAllReceivers() throws Exception {
        var encoded = new AtomicInteger();
        var receivers = new ArrayList<Subscription>();
        for (var i = 0; i < 100; i++) {
            receivers.add(stream.subscribe(e -> true, null, null));
        }
        publish(1, 1);
        for (var receiver : receivers) {
            if (receiver.next(Duration.ZERO) instanceof Delivery.Event event) {
                event.notification().encoded("form", _ -> {
                    encoded.incrementAndGet();
                    return new byte[1];
                });
            }
        }
        assertThat(encoded).hasValue(1);
    }

    @Test
    void oneFormOfAnEventMayBeMadeOfAnother() {
        var event = tick(START, 1);
        var form = event.encoded("outer", NotificationJson::content);
        assertThat(event.encoded("outer", e -> new byte[0])).isSameAs(form).isSameAs(NotificationJson.content(event));
    }

    @Test
    void thousandsOfReceiversGetEveryEventAndNoneIsWaitedFor() throws Exception {
        try (var many = streams(null, clock, limits(1_024));
                var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var wide = register(many);
            var sums = new AtomicLong();
            var ready = new AtomicInteger();
            for (var i = 0; i < 5_000; i++) {
                var subscription = wide.subscribe(e -> true, null, null);
                tasks.submit(() -> {
                    ready.incrementAndGet();
                    for (var n = 0; n < 100; n++) {
                        if (subscription.next(Duration.ofSeconds(60)) instanceof Delivery.Event e) {
                            sums.addAndGet(n(e.notification()));
                        }
                    }
                    return null;
                });
            }
            await().until(() -> ready.get() == 5_000);
            for (var i = 1; i <= 100; i++) {
                wide.publish(tick(clock.instant(), i));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> sums.get() == 5_000L * 5_050);
        }
    }

    @Test
    void streamsAreFoundByNameAndNamesAreChecked() throws Exception {
        streams.register("health", "Scores.");
        assertThat(streams.find("health").map(EventStream::description)).contains("Scores.");
        assertThat(streams.find("nothing")).isEmpty();
        assertThat(streams.all().stream().map(EventStream::name)).isEqualTo(List.of("NETCONF", "health"));
        for (var bad : List.of("health", "../x", "", "a/b", ".")) {
            assertThatThrownBy(() -> streams.register(bad, "")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
