package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.RpcError;
import io.auspex.netconfsouthbound.MetricReading.Missing;
import io.auspex.netconfsouthbound.MetricReading.Value;
import io.auspex.netconfsouthbound.NotificationQueue.Received;
import io.auspex.yang.InputLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subscriptions of one session, on the test's time. */
class StreamsIT {
    private static final Map<String, String> IF = Map.of("if", "urn:if");
    private static final MetricPath OPER = path("eth0", "oper-status");
    private static final MetricPath MTU = path("eth0", "mtu");
    private static final MetricPath OCTETS = path("eth0", "statistics/if:in-octets");
    private static final MetricPath TWO_KEYS = MetricPath.parse("/if:routes/if:route[if:a='1'][if:b='2']/if:up", IF);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final String UP =
            "<interface><name>eth0</name><oper-status>up</oper-status><mtu>1500</mtu></interface>";

    private final PushDevice script = new PushDevice();
    private final NotificationQueue inbox = new NotificationQueue(this::now);
    private final DeviceClock clock = new DeviceClock();
    private FakeDevice device;
    private TcpConnector connector;
    private NetconfClientSession session;
    private Streams streams;
    private volatile long now = 1_000_000_000_000L;

    private long now() {
        return now;
    }

    private static MetricPath path(String name, String leaf) {
        return MetricPath.parse("/if:interfaces/if:interface[if:name='" + name + "']/if:" + leaf, IF);
    }

    @BeforeEach
    void start() throws Exception {
        device = FakeDevice.start();
        device.setScript(script);
        connector = new TcpConnector(InputLimits.DEFAULT, InstantSource.system());
        connect(Duration.ofMinutes(1));
    }

    private void connect(Duration rpc) throws Exception {
        var config = device.config("r1")
                .withTimers(new SessionTimers(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        rpc,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)));
        session = connector.connect(
                new DeviceConfig(
                        config.name(),
                        config.address(),
                        device.listenPlain(),
                        DeviceConfig.Transport.PLAIN_TCP,
                        config.credentials(),
                        null,
                        config.timers()),
                new SessionListener() {
                    @Override
                    public void notification(byte[] message) {
                        inbox.offer(message, Instant.now());
                    }

                    @Override
                    public void replied() {}

                    @Override
                    public void ended(SessionException why) {}
                });
        streams = new Streams(session, PushDevice.MODULES);
    }

    @AfterEach
    void disconnect() throws IOException {
        session.close();
        connector.close();
        device.close();
    }

    /** For the tests of rpcs that are not answered. */
    private void connectWithLittlePatience() throws Exception {
        session.close();
        connect(Duration.ofSeconds(2));
    }

    private CollectionPlan follow(MetricPath... paths) throws Exception {
        var plan = new CollectionPlan(Set.of(paths), PERIOD);
        streams.follow(plan, now);
        return plan;
    }

    /** Takes so many notifications in, once they are here. */
    private Map<MetricPath, MetricReading> take(int count) throws ProtocolException {
        List<Received> received = new ArrayList<>();
        await().until(() -> {
            received.addAll(inbox.takeAll());
            return received.size() >= count;
        });
        var news = new HashMap<MetricPath, MetricReading>();
        streams.take(received, inbox.lost(), clock).forEach((path, heard) -> news.put(path, heard.reading()));
        return news;
    }

    private Map<MetricPath, MetricReading> confirm(Duration later) throws Exception {
        now += later.toNanos();
        var readings = new HashMap<MetricPath, MetricReading>();
        streams.confirm(now).forEach((path, standing) -> readings.put(path, standing.reading()));
        return readings;
    }

    @Test
    void whatTheDeviceTellsOnChangeHoldsUntilItSaysOtherwise() throws Exception {
        // Given
        var plan = follow(OPER, MTU, OCTETS);
        script.update(1, UP);
        assertThat(take(1))
                .containsEntry(OPER, new Value("up"))
                .containsEntry(MTU, new Value("1500"))
                .containsEntry(OCTETS, new Missing("the device's update does not hold it"));

        // When
        script.change(
                1,
                0,
                PushDevice.edit(
                        "replace",
                        "/interfaces:interfaces/interface=eth0/oper-status",
                        "<oper-status xmlns='urn:if'>down</oper-status>"));

        // Then
        assertThat(take(1)).isEqualTo(Map.of(OPER, new Value("down")));
        assertThat(confirm(PERIOD))
                .hasSize(3)
                .containsEntry(OPER, new Value("down"))
                .containsEntry(MTU, new Value("1500"));
        assertThat(streams.left(plan)).isEmpty();
        assertThat(script.established).hasSize(1);
    }

    @Test
    void anEntryThatComesOrGoesTakesItsLeafsAlong() throws Exception {
        // Given
        follow(OPER, MTU);
        script.update(1, "");

        // When
        script.change(
                1,
                0,
                PushDevice.edit(
                        "create",
                        "/interfaces:interfaces/interface=eth0",
                        "<interface xmlns='urn:if'><name>eth0</name>" + "<oper-status>up</oper-status></interface>"));

        // Then
        assertThat(take(2)).containsEntry(OPER, new Value("up")).containsEntry(MTU, gone());

        // When
        script.change(1, 1, PushDevice.edit("delete", "/interfaces:interfaces/interfaces:interface=%65th0", ""));

        // Then
        assertThat(take(1)).isEqualTo(Map.of(OPER, gone(), MTU, gone()));
    }

    private static Missing gone() {
        return new Missing("the device says that it is gone");
    }

    @Test
    void whatTheDeviceDoesNotTellOnChangeComesPeriodically() throws Exception {
        // Given
        script.capabilities = """
                <system-capabilities xmlns="urn:ietf:params:xml:ns:yang:ietf-system-capabilities"
                    xmlns:nc="urn:ietf:params:xml:ns:yang:ietf-notification-capabilities">
                  <datastore-capabilities>
                    <datastore xmlns:ds="urn:ietf:params:xml:ns:yang:ietf-datastores">ds:operational</datastore>
                    <per-node-capabilities>
                      <node-selector xmlns:i="urn:if">/i:interfaces/i:interface/i:statistics</node-selector>
                      <nc:subscription-capabilities><nc:on-change-supported/></nc:subscription-capabilities>
                    </per-node-capabilities>
                  </datastore-capabilities>
                  <nc:subscription-capabilities><nc:on-change-supported>config-changes state-changes</nc:on-change-supported>
                  </nc:subscription-capabilities></system-capabilities>""";

        // When
        var plan = follow(OPER, MTU, OCTETS, TWO_KEYS);

        // Then
        assertThat(script.established)
                .extracting(PushDevice::trigger)
                .containsExactly(UpdateTrigger.ON_CHANGE, UpdateTrigger.PERIODIC);
        assertThat(streams.telemetry(plan, clock)).isEqualTo(new Telemetry(2, 2, 0, 0, "", 0, 0, 0, 0, null));
        script.update(2, "<interface><name>eth0</name><statistics><in-octets>7</in-octets></statistics></interface>");
        assertThat(take(1)).containsEntry(OCTETS, new Value("7")).hasSize(2);
        assertThat(confirm(PERIOD)).as("a period is all that it holds").isEmpty();
    }

    @Test
    void aDeviceThatRefusesChangesIsAskedForPeriodicUpdates() throws Exception {
        // Given
        script.refused.put(UpdateTrigger.ON_CHANGE, refusal("ietf-yang-push:on-change-unsupported"));

        // When
        var plan = follow(OPER, MTU);

        // Then
        assertThat(script.established).extracting(PushDevice::trigger).containsExactly(UpdateTrigger.PERIODIC);
        assertThat(streams.telemetry(plan, clock).periodic()).isEqualTo(2);
    }

    @Test
    void aDeviceThatRefusesEverythingIsPolledAndTriedAgainLater() throws Exception {
        // Given
        script.refused.put(UpdateTrigger.ON_CHANGE, refusal("ietf-subscribed-notifications:insufficient-resources"));

        // When
        var plan = follow(OPER, MTU);

        // Then
        assertThat(streams.left(plan)).containsExactlyInAnyOrder(OPER, MTU);
        assertThat(streams.telemetry(plan, clock).whyPolled()).contains("not now");

        // When
        script.refused.clear();
        now += Duration.ofMinutes(9).toNanos();
        follow(OPER, MTU);
        assertThat(script.established).isEmpty();
        now += Duration.ofMinutes(2).toNanos();
        follow(OPER, MTU);

        // Then
        assertThat(script.established).hasSize(1);
        script.update(1, UP);
        take(1);
        assertThat(streams.left(plan)).isEmpty();
    }

    private static RpcError refusal(String appTag) {
        return new RpcError(
                "application",
                "operation-failed",
                RpcError.Severity.ERROR,
                appTag,
                null,
                Map.of(),
                "not now",
                List.of());
    }

    @Test
    void aDeviceWithoutYangPushIsNeverAsked() throws Exception {
        // Given
        streams = new Streams(session, Set.of());

        // When
        var plan = follow(OPER);

        // Then
        assertThat(streams.left(plan)).containsExactly(OPER);
        assertThat(device.rpcs()).isEmpty();
    }

    @Test
    void aMissingPatchAsksForEverythingAndNothingHoldsUntilThen() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        script.change(1, 0, replace("testing"));
        take(2);

        // When
        script.change(1, 2, replace("down"));
        take(1);

        // Then
        assertThat(confirm(PERIOD)).isEmpty();
        assertThat(script.resyncs).isEqualTo(1);
        script.update(1, UP);
        script.change(1, 0, replace("dormant"));
        take(2);
        assertThat(confirm(PERIOD)).containsEntry(OPER, new Value("dormant"));
        assertThat(script.resyncs).isEqualTo(1);
    }

    private static String replace(String status) {
        return PushDevice.edit(
                "replace",
                "/interfaces:interfaces/interface=eth0/oper-status",
                "<oper-status xmlns='urn:if'>" + status + "</oper-status>");
    }

    @Test
    void patchesThatCameBeforeOrAreForUnknownSubscriptionsAreCountedAndIgnored() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        script.change(1, 0, replace("testing"));
        script.change(1, 1, replace("down"));
        take(3);

        // When
        script.change(1, 0, replace("up"));
        script.change(7, 0, replace("up"));
        script.say("<strange xmlns='urn:other'><id><deep/></id></strange>");

        // Then
        assertThat(take(3)).isEmpty();
        assertThat(confirm(PERIOD)).containsEntry(OPER, new Value("down"));
        assertThat(streams.telemetry(plan, clock).ignored()).isEqualTo(3);
    }

    @Test
    void whatMayBeMissingInAnUpdateOrWasLostHereAsksForEverything() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        take(1);

        // When
        streams.take(List.of(), 5, clock);

        // Then
        assertThat(confirm(PERIOD)).isEmpty();
        assertThat(script.resyncs).isEqualTo(1);

        // When
        script.say("<push-update xmlns='" + PushOperations.PUSH + "'><incomplete-update/><id>1</id></push-update>");
        take(1);

        // Then
        assertThat(confirm(PERIOD)).isEmpty();
        assertThat(script.resyncs).isEqualTo(2);
    }

    @Test
    void aSubscriptionThatTheDeviceEndsIsPolledAndMadeAgain() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        script.state("subscription-terminated", 1, "no-such-subscription");

        // When
        take(2);

        // Then
        assertThat(streams.left(plan)).containsExactly(OPER);
        assertThat(streams.telemetry(plan, clock).whyPolled())
                .isEqualTo("the device ended the subscription: no-such-subscription");

        // When
        now += PERIOD.toNanos();
        follow(OPER);

        // Then
        assertThat(script.established).hasSize(2);
        script.update(2, UP);
        take(1);
        assertThat(streams.left(plan)).isEmpty();
    }

    @Test
    void s13_whatADeviceSuspendsIsNotPolledAndAskedForAfterwards() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        script.state("subscription-suspended", 1, "insufficient-resources");
        take(2);

        // When, Then
        assertThat(confirm(Duration.ofSeconds(95))).isEmpty();
        assertThat(streams.left(plan))
                .as("nothing is asked for, so that the values grow stale")
                .isEmpty();
        assertThat(streams.telemetry(plan, clock))
                .satisfies(t -> assertThat(t.suspended()).isEqualTo(1))
                .satisfies(t -> assertThat(t.polled() + t.onChange()).isZero());

        // When
        script.state("subscription-resumed", 1, "");
        take(1);

        // Then
        assertThat(streams.left(plan)).containsExactly(OPER);
        assertThat(confirm(PERIOD)).isEmpty();
        assertThat(script.resyncs).isEqualTo(1);
    }

    @Test
    void aSubscriptionThatStaysSuspendedIsMadeAnew() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        script.state("subscription-suspended", 1, "insufficient-resources");
        take(2);

        // When
        confirm(Duration.ofSeconds(105));
        now += PERIOD.toNanos();
        follow(OPER);

        // Then
        assertThat(script.deleted).containsExactly("1");
        assertThat(script.established).hasSize(2);
    }

    @Test
    void aSubscriptionThatDiedSilentlyIsNoticed() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        take(1);
        assertThat(confirm(Duration.ofSeconds(95))).hasSize(1);
        assertThat(script.resyncs).isZero();

        // When
        confirm(PERIOD);
        assertThat(script.resyncs).isEqualTo(1);
        confirm(Duration.ofSeconds(31));

        // Then
        assertThat(script.deleted).containsExactly("1");
        assertThat(streams.left(plan)).containsExactly(OPER);
    }

    @Test
    void aPlanThatChangesMakesItsSubscriptionsAnew() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        take(1);

        // When
        var plan = follow(OPER, MTU);
        assertThat(script.established).as("what is new is polled for a while").hasSize(1);
        assertThat(streams.left(plan)).containsExactly(MTU);
        assertThat(streams.telemetry(follow(MTU), clock))
                .satisfies(t -> assertThat(t.onChange()).isZero())
                .satisfies(t -> assertThat(t.polled()).isEqualTo(1));
        now += PERIOD.toNanos();
        follow(OPER, MTU);
        follow();

        // Then
        assertThat(script.deleted).containsExactly("1", "2");
        assertThat(script.established).hasSize(2);
        assertThat(streams.left(plan)).hasSize(2);
    }

    @Test
    void aNotificationThatIsNotWellFormedIsAnError() throws Exception {
        // Given
        follow(OPER);

        // When
        script.say("<push-update><id>1</datastore>");

        // Then
        assertThatThrownBy(() -> take(1)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aRefusedResyncIsTheEndOfASubscription() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        script.resyncRefusal = refusal("ietf-yang-push:no-such-subscription-resync");
        take(1);
        streams.take(List.of(), 1, clock);

        // When
        confirm(PERIOD);

        // Then
        assertThat(script.deleted).containsExactly("1");
        assertThat(streams.left(plan)).containsExactly(OPER);
        assertThat(streams.telemetry(plan, clock).whyPolled()).contains("resync-subscription", "not now");
    }

    @Test
    void theDevicesClockIsMeasuredByItsNotifications() throws Exception {
        // Given
        follow(OPER);

        // When
        script.say("<other xmlns='urn:other'/>", Instant.now().minusSeconds(3_600));
        take(1);

        // Then
        assertThat(clock.skew()).hasValueSatisfying(skew -> {
            assertThat(skew.isBeyondLimit()).isTrue();
            assertThat(skew.source()).isEqualTo(ClockSkew.Source.EVENT_TIME);
            assertThat(skew.ahead()).isLessThanOrEqualTo(Duration.ofHours(-1));
        });
    }

    @Test
    void whatAnIncompleteUpdateLeavesOutIsNotMissing() throws Exception {
        // Given
        var plan = follow(OPER, MTU);
        script.update(1, UP);
        take(1);

        // When
        script.say("<push-update xmlns='" + PushOperations.PUSH + "'><id>1</id><incomplete-update/><datastore-contents>"
                + "<interfaces xmlns='urn:if'><interface><name>eth0</name><oper-status>down</oper-status></interface>"
                + "</interfaces></datastore-contents></push-update>");

        // Then
        assertThat(take(1)).isEqualTo(Map.of(OPER, new Value("down")));
        assertThat(streams.left(plan)).containsExactlyInAnyOrder(OPER, MTU);
    }

    @Test
    void patchesMayBeNumberedOnAfterAResync() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        script.change(1, 0, replace("testing"));
        take(2);
        streams.take(List.of(), 5, clock);
        confirm(PERIOD);

        // When
        script.change(1, 6, replace("down"));
        script.update(1, UP);
        script.change(1, 7, replace("dormant"));
        take(3);

        // Then
        assertThat(confirm(PERIOD)).containsEntry(OPER, new Value("dormant"));
        assertThat(script.resyncs).isEqualTo(1);
    }

    @Test
    void valuesOfADeviceThatNoLongerAnswersDoNotStand() throws Exception {
        // Given
        connectWithLittlePatience();
        var plan = follow(OPER);
        script.update(1, UP);
        take(1);
        script.unanswered.addAll(Set.of("get", "resync-subscription", "delete-subscription"));

        // When, Then
        assertThat(confirm(Duration.ofSeconds(8)))
                .as("the update is younger than a period")
                .hasSize(1);
        assertThat(confirm(PERIOD)).isEmpty();
        assertThat(streams.left(plan)).containsExactly(OPER);
        assertThat(streams.telemetry(plan, clock).whyPolled()).isEqualTo("no reply to a probe in time");
    }

    @Test
    void anUnansweredResyncLetsNothingStand() throws Exception {
        // Given
        connectWithLittlePatience();
        var plan = follow(OPER);
        script.update(1, UP);
        take(1);
        script.unanswered.addAll(Set.of("resync-subscription", "delete-subscription"));

        // When, Then
        assertThat(confirm(Duration.ofSeconds(105))).isEmpty();
        assertThat(streams.left(plan)).containsExactly(OPER);
    }

    @Test
    void aSubscriptionIsPolledUntilItsFirstUpdate() throws Exception {
        // Given
        var plan = follow(OPER);
        assertThat(streams.left(plan)).containsExactly(OPER);

        // When
        script.update(1, UP);
        take(1);

        // Then
        assertThat(streams.left(plan)).isEmpty();
    }

    @Test
    void s15_whatIsMissingIsAskedForAtOnceAndNotAgainAndAgain() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        take(1);
        now += PERIOD.toNanos();
        streams.mend(now);
        assertThat(script.resyncs).isZero();

        // When
        streams.take(List.of(), 1, clock);
        streams.mend(now);
        streams.take(List.of(), 2, clock);
        streams.mend(now);

        // Then
        assertThat(script.resyncs).isEqualTo(1);
        now += Duration.ofSeconds(2).toNanos();
        streams.mend(now);
        assertThat(script.resyncs).isEqualTo(2);
    }

    @Test
    void lossesThatAreHealedOneByOneDoNotEndASubscription() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        take(1);

        // When
        for (var lost = 1; lost <= 5; lost++) {
            now += Duration.ofSeconds(2).toNanos();
            streams.take(List.of(), lost, clock);
            streams.mend(now);
            script.update(1, UP);
            take(1);
        }

        // Then
        assertThat(script.resyncs)
                .as("the others wait for the end of the period")
                .isEqualTo(2);
        assertThat(script.deleted).isEmpty();
        assertThat(streams.left(plan)).isEmpty();
    }

    @Test
    void changesWithoutIdsAreAskedForOnceAPeriod() throws Exception {
        // Given
        follow(OPER);
        script.update(1, UP);
        script.say("<push-change-update xmlns='" + PushOperations.PUSH + "'><id>1</id><datastore-changes><yang-patch>"
                + replace("down") + "</yang-patch></datastore-changes></push-change-update>");
        assertThat(take(2)).containsEntry(OPER, new Value("down"));

        // When
        now += Duration.ofSeconds(5).toNanos();
        streams.mend(now);

        // Then
        assertThat(script.resyncs).isZero();
        confirm(PERIOD);
        assertThat(script.resyncs).isEqualTo(1);
    }

    @Test
    void aSubscriptionThatNeverGetsInSyncIsPolledAndGivenUp() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        take(1);

        // When
        for (var lost = 1; lost <= 3; lost++) {
            streams.take(List.of(), lost, clock);
            assertThat(streams.left(plan)).containsExactly(OPER);
            confirm(PERIOD);
            script.update(1, UP);
            take(1);
        }
        streams.take(List.of(), 4, clock);
        confirm(PERIOD);

        // Then
        assertThat(script.resyncs).isEqualTo(3);
        assertThat(script.deleted).containsExactly("1");
        assertThat(streams.left(plan)).containsExactly(OPER);
    }

    @Test
    void aResumptionThatGotLostIsNoticed() throws Exception {
        // Given
        var plan = follow(OPER);
        script.update(1, UP);
        script.state("subscription-suspended", 1, "insufficient-resources");
        take(2);

        // When
        streams.take(List.of(), 1, clock);
        assertThat(streams.left(plan)).as("it may be suspended still").isEmpty();
        confirm(PERIOD);
        assertThat(streams.left(plan)).isEmpty();
        confirm(PERIOD);
        script.update(1, UP);
        take(1);

        // Then
        assertThat(script.resyncs).isEqualTo(1);
        assertThat(confirm(PERIOD)).containsEntry(OPER, new Value("up"));

        // When
        script.state("subscription-suspended", 1, "insufficient-resources");
        script.change(1, 0, replace("down"));
        take(2);

        // Then
        assertThat(confirm(PERIOD)).isEmpty();
        assertThat(script.resyncs).isEqualTo(2);
    }

    @Test
    void aSampleBearsTheTimeAtWhichItsNotificationCame() throws Exception {
        // Given
        now -= Duration.ofHours(1).toNanos();
        var collector =
                new SessionCollector(device.config("r1"), session, PushDevice.MODULES, inbox, InstantSource.system());
        collector.follow(new CollectionPlan(Set.of(OPER, MTU), PERIOD));

        // When
        script.update(1, UP);
        await().until(() -> !inbox.isEmpty());

        // Then
        assertThat(collector.heard()).hasSize(2).allMatch(sample -> sample.receivedAt() == now);
    }

    @Test
    void anAnswerDoesNotOvertakeWhatTheDeviceToldAfterIt() throws Exception {
        // Given
        device.setData("<interfaces xmlns='urn:if'>" + UP + "</interfaces>");
        var collector =
                new SessionCollector(device.config("r1"), session, PushDevice.MODULES, inbox, InstantSource.system());
        collector.follow(new CollectionPlan(Set.of(OPER), PERIOD));
        collector.collect();
        assertThat(collector.heard()).isEmpty();
        await().until(collector::isAnswered);

        // When
        now = System.nanoTime();
        script.update(1, UP.replace("<oper-status>up", "<oper-status>down"));
        await().until(() -> !inbox.isEmpty());

        // Then
        var heard = collector.heard();
        assertThat(heard).extracting(MetricSample::reading).containsExactly(new Value("up"), new Value("down"));
        assertThat(heard).isSortedAccordingTo(Comparator.comparingLong(MetricSample::receivedAt));
    }
}
