package io.auspex.notifications;

import static io.auspex.notifications.Events.START;
import static io.auspex.notifications.Events.flapped;
import static io.auspex.notifications.Events.limits;
import static io.auspex.notifications.Events.register;
import static io.auspex.notifications.Events.streams;
import static io.auspex.notifications.Events.taken;
import static io.auspex.notifications.Events.tick;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The replay log: start and stop time, restart, bounds, corruption, flood (RFC 5277 §2.1.1, RFC 8639 §2.4.2.1). */
class ReplayTest {
    @TempDir
    Path directory;

    private final Events.Clock clock = new Events.Clock();

    @BeforeAll
    static void quiet() {
        ((Logger) LoggerFactory.getLogger(ReplayLog.class)).setLevel(Level.ERROR);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private void publish(EventStream stream, int from, int to) {
        for (var i = from; i <= to; i++) {
            stream.publish(tick(clock.instant(), i));
            clock.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void replayGivesTheEventsSinceTheStartTimeThenSaysSoThenGoesOn() throws Exception {
        try (var streams = streams(directory, clock, limits(16))) {
            var stream = register(streams);
            publish(stream, 1, 5);
            var subscription = stream.subscribe(e -> true, START.plusSeconds(2), null);
            publish(stream, 6, 7);
            assertThat(taken(subscription)).containsExactly("3", "4", "5", "replayed", "6", "7");
        }
    }

    @Test
    void aReplayOfNothingIsCompleteAtOnce() throws Exception {
        try (var streams = streams(directory, clock, limits(16))) {
            assertThat(taken(register(streams).subscribe(e -> true, START.minusSeconds(60), null)))
                    .containsExactly("replayed");
        }
    }

    @Test
    void aStopTimeInThePastEndsAfterTheReplay() throws Exception {
        try (var streams = streams(directory, clock, limits(16))) {
            var stream = register(streams);
            publish(stream, 1, 9);
            assertThat(taken(stream.subscribe(e -> true, START, START.plusSeconds(3))))
                    .containsExactly("1", "2", "3", "4", "replayed", "complete", "end COMPLETED");
        }
    }

    @Test
    void theFilterHoldsForReplayedEventsToo() throws Exception {
        try (var streams = streams(directory, clock, limits(16))) {
            var stream = register(streams);
            publish(stream, 1, 100);
            awaitLogged(stream);
            assertThat(taken(stream.subscribe(e -> Events.n(e) % 50 == 0, START, null)))
                    .containsExactly("50", "100", "replayed");
        }
    }

    @Test
    void whatTheRingHasLostIsReadFromTheLog() throws Exception {
        try (var streams = streams(directory, clock, limits(16))) {
            var stream = register(streams);
            for (var i = 1; i <= 500; i++) {
                stream.publish(tick(clock.instant(), i));
                awaitLogged(stream);
            }
            var subscription = stream.subscribe(e -> true, START, null);
            var expected = new ArrayList<>(numbers(1, 500));
            expected.add("replayed");
            assertThat(taken(subscription)).isEqualTo(expected);
        }
    }

    /** The log is written in the background; waits until it has all. */
    private static void awaitLogged(EventStream stream) {
        org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> ((LoggedStream) stream).isLoggedBelow(((LoggedStream) stream).lastId() + 1));
    }

    @Test
    void eventsSurviveARestartWithTheirIdsAndNoIdIsUsedTwice() throws Exception {
        var ids = new HashSet<Long>();
        Instant created;
        try (var streams = streams(directory, clock, limits(64))) {
            var stream = register(streams);
            created = stream.replayLogCreationTime();
            publish(stream, 1, 30);
        }
        clock.pass(Duration.ofHours(1));
        try (var streams = streams(directory, clock, limits(64))) {
            var stream = register(streams);
            assertThat(stream.replayLogCreationTime()).isEqualTo(created);
            publish(stream, 31, 40);
            var subscription = stream.subscribe(e -> true, START, null);
            var seen = new ArrayList<Long>();
            for (var one = subscription.next(Duration.ZERO);
                    one instanceof Delivery.Event e;
                    one = subscription.next(Duration.ZERO)) {
                assertThat(ids.add(e.id())).isTrue();
                seen.add(Events.n(e.notification()));
            }
            assertThat(seen).hasSize(40).isSorted();
            var resumed = stream.resume(e -> true, 25, null, null);
            assertThat(taken(resumed)).isEqualTo(numbers(26, 40));
        }
    }

    @Test
    void aNotificationInTheDataTreeIsReplayedWithItsParent() throws Exception {
        try (var streams = streams(directory, clock, limits(4))) {
            register(streams).publish(flapped(START, "a'b"));
        }
        try (var streams = streams(directory, clock, limits(4))) {
            var subscription = register(streams).subscribe(e -> true, START, null);
            var event = (Delivery.Event) Objects.requireNonNull(subscription.next(Duration.ZERO));
            assertThat(event.notification().parent()).hasToString("Optional[/events:ports/port[name=\"a'b\"]]");
            assertThat(event.notification().content().value("times")).contains(3L);
            assertThat(event.notification().eventTime()).isEqualTo(START);
        }
    }

    @Test
    void theLogIsBoundedInSizeAndTellsWhatAgedOut() throws Exception {
        var small = new StreamLimits(1_024, 4_096, 10, Duration.ofDays(7), 16_384);
        try (var streams = streams(directory, clock, small)) {
            var stream = register(streams);
            for (var i = 1; i <= 2_000; i++) {
                stream.publish(tick(clock.instant(), i));
                clock.pass(Duration.ofSeconds(1));
                if (i % 100 == 0) {
                    awaitLogged(stream);
                }
            }
            assertThat(size()).isLessThan(17_000);
            assertThat(stream.replayLogAgedTime()).isAfter(START).isBefore(clock.instant());
            assertThat(stream.replayLogCreationTime()).isEqualTo(START);
        }
        try (var streams = streams(directory, clock, small)) {
            var stream = register(streams);
            var seen = taken(stream.subscribe(e -> true, START, null));
            assertThat(seen).endsWith("1999", "2000", "replayed").hasSizeBetween(50, 600);
            assertThat(stream.replayLogAgedTime()).isEqualTo(START.plusSeconds(Long.parseLong(seen.getFirst()) - 2));
        }
    }

    private long size() throws IOException {
        try (var files = Files.list(directory.resolve("NETCONF"))) {
            return files.filter(f -> f.toString().endsWith(".log"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    @Test
    void theLogIsBoundedInTime() throws Exception {
        var short1 = new StreamLimits(1_024, 4_096, 10, Duration.ofHours(8), 1 << 20);
        try (var streams = streams(directory, clock, short1)) {
            var stream = register(streams);
            for (var i = 1; i <= 48; i++) {
                stream.publish(tick(clock.instant(), i));
                awaitLogged(stream);
                clock.pass(Duration.ofHours(1));
            }
            var seen = taken(stream.subscribe(e -> true, START, null));
            assertThat(seen).containsExactly("41", "42", "43", "44", "45", "46", "47", "48", "replayed");
            try (var files = Files.list(directory.resolve("NETCONF"))) {
                assertThat(files.count()).isLessThan(14);
            }
        }
    }

    @Test
    void aLogCutAtAnyByteIsReadUpToTheLastWholeEventAndGoesOn() throws Exception {
        try (var streams = streams(directory, clock, limits(64))) {
            publish(register(streams), 1, 12);
        }
        var file = segment(directory);
        var whole = Files.readAllBytes(file);
        var before = 0;
        for (var length = 0; length <= whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try (var streams = streams(directory, clock, limits(64))) {
                var stream = register(streams);
                var seen = taken(stream.subscribe(e -> true, START, null));
                var events = seen.size() - 1;
                assertThat(seen.subList(0, events)).isEqualTo(numbers(1, events));
                assertThat(events).isBetween(before, before + 1);
                before = events;
            }
            Files.createDirectories(file.getParent());
        }
        assertThat(before).isEqualTo(12);
    }

    @Test
    void aFlippedBitLosesOnlyWhatFollowsAndNothingWrongIsReplayed() throws Exception {
        try (var streams = streams(directory, clock, limits(64))) {
            publish(register(streams), 1, 12);
        }
        var file = segment(directory);
        var whole = Files.readAllBytes(file);
        var random = new Random(5);
        for (var i = 0; i < 300; i++) {
            var damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try (var streams = streams(directory, clock, limits(64))) {
                var stream = register(streams);
                stream.publish(tick(clock.instant(), 99));
                var seen = taken(stream.subscribe(e -> true, START, null));
                var events = seen.size() - 2;
                assertThat(seen.subList(0, events)).isEqualTo(numbers(1, events));
                assertThat(seen.subList(events, events + 2)).containsExactly("99", "replayed");
            }
            Files.write(file, whole, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.CREATE);
            removeOthers(file);
        }
    }

    private static void removeOthers(Path file) throws IOException {
        try (var files = Files.list(file.getParent())) {
            for (var other : files.filter(f -> f.toString().endsWith(".log") && !f.equals(file))
                    .toList()) {
                Files.delete(other);
            }
        }
    }

    private static Path segment(Path directory) throws IOException {
        try (var files = Files.list(directory.resolve("NETCONF"))) {
            return files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
        }
    }

    @Test
    void aClockThatIsSetBackLosesNoEvent() throws Exception {
        try (var streams = streams(directory, clock, limits(64))) {
            var stream = register(streams);
            publish(stream, 1, 3);
            clock.set(START.minusSeconds(3_600));
            publish(stream, 4, 6);
            var seen = taken(stream.subscribe(e -> true, START.minusSeconds(3_600), null));
            assertThat(seen).containsExactly("1", "2", "3", "4", "5", "6", "replayed");
        }
    }

    @Test
    void aFloodWhileReplayingReachesTheReceiverWithoutGapOrDouble() throws Exception {
        var wide = new StreamLimits(64, 40_000, 10, Duration.ofDays(7), 64 << 20);
        try (var streams = streams(directory, clock, wide)) {
            var stream = register(streams);
            publish(stream, 1, 400);
            var subscription = stream.subscribe(e -> true, START, null);
            var publisher = Thread.ofVirtual().start(() -> publish(stream, 401, 20_000));
            var expected = 1L;
            while (expected <= 20_000) {
                var one = subscription.next(Duration.ofSeconds(10));
                if (one instanceof Delivery.Event e) {
                    assertThat(Events.n(e.notification())).isEqualTo(expected++);
                } else {
                    assertThat(one).isInstanceOf(Delivery.ReplayComplete.class);
                }
            }
            publisher.join();
        }
    }

    @Test
    void aReceiverBehindWhatIsInMemoryReadsTheLogUntilItIsTooFarBehind() throws Exception {
        var narrow = new StreamLimits(16, 100, 10, Duration.ofDays(7), 1 << 20);
        try (var streams = streams(directory, clock, narrow)) {
            var stream = register(streams);
            var subscription = stream.subscribe(e -> true, null, null);
            publish(stream, 1, 100);
            awaitLogged(stream);
            assertThat(taken(subscription)).isEqualTo(numbers(1, 100));
            publish(stream, 101, 200);
            awaitLogged(stream);
            publish(stream, 201, 201);
            assertThat(taken(subscription)).containsExactly("end OVERFLOW");
        }
    }

    @Test
    void anEventWhoseParentIsTooLongForTheLogKeepsNoOtherFromIt() throws Exception {
        try (var streams = streams(directory, clock, limits(64))) {
            var stream = register(streams);
            stream.publish(tick(START, 1));
            stream.publish(flapped(START.plusSeconds(1), "x".repeat(70_000)));
            stream.publish(tick(START.plusSeconds(2), 3));
            awaitLogged(stream);
            assertThat(stream.replayLogAgedTime()).isEqualTo(START.plusSeconds(1));
        }
        clock.pass(Duration.ofMinutes(1));
        try (var streams = streams(directory, clock, limits(64))) {
            assertThat(taken(register(streams).subscribe(e -> true, START, null)))
                    .containsExactly("1", "3", "replayed");
        }
    }

    @Test
    void aDiskThatFailsStopsNoEvent() throws Exception {
        try (var streams = streams(directory, clock, limits(64))) {
            var stream = register(streams);
            Files.delete(directory.resolve("NETCONF").resolve("created"));
            Files.delete(directory.resolve("NETCONF"));
            var subscription = stream.subscribe(e -> true, null, null);
            publish(stream, 1, 5);
            awaitLogged(stream);
            assertThat(taken(subscription)).isEqualTo(numbers(1, 5));
            assertThat(stream.replayLogAgedTime()).isEqualTo(START.plusSeconds(4));
            Files.createDirectories(directory.resolve("NETCONF"));
            publish(stream, 6, 6);
            awaitLogged(stream);
        }
        try (var streams = streams(directory, clock, limits(64))) {
            assertThat(taken(register(streams).subscribe(e -> true, START, null)))
                    .containsExactly("6", "replayed");
        }
    }
}
