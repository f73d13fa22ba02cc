package io.auspex.notifications.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Events;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.yang.error.YangException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that lose their connection and come back with the id of the last notification that they got. */
class ResumptionTest {
    private static final String GRACE = "'auspex-subscriptions:grace-period':30";
    private static final String TICKS = "{'stream':'NETCONF'," + GRACE + "}";

    private final Plant plant = new Plant();

    @AfterEach
    void close() throws Exception {
        plant.close();
    }

    private void publish(int n) {
        plant.stream.publish(Events.tick(plant.clock.instant(), n));
    }

    private static String text(Outgoing outgoing) {
        var content = outgoing.notification().content();
        return content.schema().name().equals("tick")
                ? Long.toString(Events.n(outgoing.notification()))
                : content.schema().name();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyNotificationComesExactlyOnceOver100Disconnects(long seed) throws Exception {
        var random = new Random(seed);
        var taking = plant.establish(plant.ann, TICKS);
        var got = new ArrayList<String>();
        var connection = taking.connection();
        var published = 0;
        var last = "";
        for (var disconnects = 0; disconnects < 100; disconnects++) {
            for (var i = random.nextInt(5); i > 0; i--) {
                publish(++published);
            }
            var taken = new ArrayList<Outgoing>();
            for (var next = connection.next(Duration.ZERO); next != null; next = connection.next(Duration.ZERO)) {
                taken.add(next);
            }
            // Some of what was sent is lost with the connection.
            var arrived = taken.subList(0, random.nextInt(taken.size() + 1));
            arrived.forEach(o -> got.add(text(o)));
            if (!arrived.isEmpty()) {
                last = arrived.getLast().id();
            }
            if (random.nextBoolean()) {
                connection.close();
            }
            connection = taking.subscription().attach(last);
        }
        for (var next = connection.next(Duration.ZERO); next != null; next = connection.next(Duration.ZERO)) {
            got.add(text(next));
        }
        assertThat(got)
                .isEqualTo(IntStream.rangeClosed(1, published)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoReplaysByStartTimeOver100DisconnectsMissesNoneAndKnowsDuplicatesByTheirIds(long seed, @TempDir Path folder)
            throws Exception {
        var random = new Random(seed);
        var clock = new Events.Clock();
        try (var streams = Events.streams(folder, clock, Events.limits(16))) {
            var stream = Events.register(streams);
            var got = new TreeMap<Long, Long>();
            var start = Events.START;
            var published = 0L;
            var again = 0;
            for (var disconnects = 0; disconnects <= 100; disconnects++) {
                for (var i = random.nextInt(5); i > 0; i--) {
                    stream.publish(Events.tick(clock.instant(), ++published));
                    clock.pass(Duration.ofMillis(random.nextInt(2)));
                }
                try (var replay = stream.subscribe(_ -> true, start, null)) {
                    var left = disconnects == 100 ? Integer.MAX_VALUE : random.nextInt(8);
                    while (left-- > 0
                            && replay.next(Duration.ofSeconds(20))
                                    instanceof Delivery.Event(var id, var notification)) {
                        var before = got.put(id, Events.n(notification));
                        again += before == null ? 0 : 1;
                        assertThat(before).isIn(null, Events.n(notification));
                        start = notification.eventTime();
                    }
                }
            }
            assertThat(got.values())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, published).boxed().toList());
            assertThat(again).isPositive();
        }
    }

    @Test
    void changesOfADatastoreThatWereLostAreSentAgain() throws Exception {
        plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a','power':1}]}");
        var taking = plant.establish(
                plant.ann,
                "{'yp:datastore':'ietf-datastores:running','yp:on-change':{'sync-on-start':false}," + GRACE + "}");
        var first = new Plant.Taking(taking.subscription(), taking.connection());
        plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':2}");
        assertThat(first.next()).contains("'patch-id':'0'");
        plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
        assertThat(first.next()).contains("'patch-id':'1'");
        first.connection().close();
        plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':4}");
        var second =
                new Plant.Taking(taking.subscription(), taking.subscription().attach("0.1"));
        assertThat(List.of(second.next(), second.next()))
                .satisfiesExactly(
                        n -> assertThat(n).contains("'patch-id':'1'").contains("'plant:power':3"),
                        n -> assertThat(n).contains("'patch-id':'2'").contains("'plant:power':4"));
    }

    @Test
    void anOlderConnectionIsTakenOverFrom() throws Exception {
        var taking = plant.establish(plant.ann, TICKS);
        publish(1);
        var last = Objects.requireNonNull(taking.connection().next(Duration.ZERO));
        var other = taking.subscription().attach(last.id());
        assertThatThrownBy(() -> taking.connection().next(Duration.ZERO))
                .isInstanceOf(SubscriptionEndedException.class)
                .hasMessage("another connection took over");
        taking.connection().close();
        publish(2);
        assertThat(other.next(Duration.ZERO))
                .isNotNull()
                .satisfies(o -> assertThat(text(o)).isEqualTo("2"));
    }

    @Test
    void withoutGracePeriodTheLossOfTheConnectionEndsIt() throws Exception {
        var taking = plant.establish(plant.ann, "{'stream':'NETCONF'}");
        taking.connection().close();
        assertThat(plant.subscriptions.list().all()).isEmpty();
        assertThatThrownBy(() -> taking.subscription().attach("0.0")).isInstanceOf(YangException.class);
    }

    @Test
    void theGracePeriodEnds() throws Exception {
        var taking = plant.establish(plant.ann, TICKS);
        taking.connection().close();
        plant.clock.pass(Duration.ofSeconds(29));
        plant.subscriptions.lookAfter();
        assertThat(plant.subscriptions.list().all()).hasSize(1);
        plant.clock.pass(Duration.ofSeconds(2));
        plant.subscriptions.lookAfter();
        assertThat(plant.subscriptions.list().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "1.", ".1", "-1.0", "0.-1", "0.9", "99.0", "9999999999999999999999.0"})
    void anIdThatIsNoneOfTheSubscriptionIsRefused(String id) throws Exception {
        var taking = plant.establish(plant.ann, TICKS);
        taking.connection().close();
        assertThatThrownBy(() -> taking.subscription().attach(id))
                .isInstanceOf(YangException.class)
                .hasMessageEndingWith("is no id of this subscription");
    }
}
