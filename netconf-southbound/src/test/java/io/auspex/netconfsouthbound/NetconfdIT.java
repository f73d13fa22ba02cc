package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

@Tag("peer")
@ExtendWith(NetconfdIT.NeedsNetconfd.class)
class NetconfdIT {
    private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
    private static final Duration PERIOD = Duration.ofMillis(500);

    private static NetconfdPeer peer;
    private static NetconfdPeer.VethPair veth;

    private final RecordingListener heard = new RecordingListener();
    private DeviceSessions sessions;

    @BeforeAll
    static void startPeer() throws Exception {
        peer = NetconfdPeer.start();
        veth = NetconfdPeer.createVeth();
    }

    @AfterAll
    static void stopPeer() throws Exception {
        veth.close();
        peer.close();
    }

    @BeforeEach
    void connect() throws IOException {
        sessions = new DeviceSessions(heard, heard, InstantSource.system());
        sessions.put(peer.config("linux").withTimers(SessionTimers.DEFAULT.withRetryCap(Duration.ofSeconds(1))));
        awaitUp();
    }

    @AfterEach
    void disconnect() {
        sessions.close();
    }

    @Test
    void operStatusFollowsTheLink() throws Exception {
        // Given
        var status = path(veth.name(), "oper-status");
        var octets = MetricPath.parse(
                "/if:interfaces-state/if:interface[if:name='" + veth.name() + "']/if:statistics/if:in-octets",
                Map.of("if", IF));
        var absent = path("no-such-link", "oper-status");
        sessions.collect("linux", new CollectionPlan(Set.of(status, octets, absent), PERIOD));
        await().untilAsserted(
                        () -> assertThat(heard.lastReading("linux", status)).contains(new MetricReading.Value("up")));

        // When
        veth.setDown(veth.name());

        // Then
        await().untilAsserted(
                        () -> assertThat(heard.lastReading("linux", status)).contains(new MetricReading.Value("down")));
        assertThat(heard.lastReading("linux", absent)).get().isInstanceOf(MetricReading.Missing.class);
        assertThat(heard.lastReading("linux", octets))
                .get()
                .isInstanceOfSatisfying(
                        MetricReading.Value.class, v -> assertThat(v.text()).containsOnlyDigits());
        veth.setUp(veth.name());
        await().untilAsserted(
                        () -> assertThat(heard.lastReading("linux", status)).contains(new MetricReading.Value("up")));
    }

    @Test
    void modulesKeyAndFramingAreThoseOfThePeer() throws Exception {
        // Given
        var session = sessions.session("linux").orElseThrow();

        // When
        await().until(() -> !heard.modules("linux").isEmpty());

        // Then
        assertThat(session.framing()).isEqualTo(Framing.CHUNKED);
        assertThat(peer.hostKey()).startsWith(heard.pinned("linux").orElseThrow());
        assertThat(heard.modules("linux"))
                .anySatisfy(m -> assertThat(m.name() + "@" + m.revision()).isEqualTo("ietf-interfaces@2014-05-08"));
    }

    @Test
    void everyReadOperationIsAnswered() throws Exception {
        // Given
        var session = sessions.session("linux").orElseThrow();
        var name = XmlElement.of(IF, "interfaces-state", XmlElement.of(IF, "interface", XmlElement.of(IF, "name")));

        // When
        var subtree = session.call(DeviceOperations.get(DeviceOperations.subtreeFilter(name)));
        var xpath = session.call(DeviceOperations.get(DeviceOperations.xpathFilter(
                "/if:interfaces-state/if:interface[if:name='lo']/if:oper-status", Map.of("if", IF))));
        var config = session.call(DeviceOperations.getConfig("running", null));
        var schema = session.call(DeviceOperations.getSchema("ietf-interfaces", null));

        // Then
        assertThat(text(subtree)).contains("<name>lo</name>").contains(veth.name());
        assertThat(text(xpath)).contains("oper-status");
        assertThat(config).isInstanceOf(RpcReply.Data.class);
        assertThat(text(schema)).contains("module ietf-interfaces {");
    }

    @Test
    void deathOfTheServerIsSeenAndItsReturn() throws Exception {
        // Given
        var status = path(veth.name(), "oper-status");
        sessions.collect("linux", new CollectionPlan(Set.of(status), PERIOD));

        // When
        peer.killNetconfd();

        // Then
        await().until(() ->
                heard.state("linux").filter(DeviceState.Down.class::isInstance).isPresent());
        peer.startNetconfd();
        var before = heard.samples("linux").size();
        await().untilAsserted(() -> {
            assertThat(heard.samples("linux")).hasSizeGreaterThan(before);
            assertThat(heard.lastReading("linux", status)).contains(new MetricReading.Value("up"));
        });
    }

    @Test
    void frozenServerMakesItsMetricsFailAndItsReturnBringsThemBack() throws Exception {
        // Given
        var status = path(veth.name(), "oper-status");
        var timers = SessionTimers.DEFAULT;
        sessions.put(peer.config("linux")
                .withTimers(new SessionTimers(
                        timers.connect(),
                        timers.hello(),
                        Duration.ofSeconds(1),
                        timers.stall(),
                        timers.keepAlive(),
                        timers.retryBase(),
                        Duration.ofSeconds(1),
                        timers.authenticationHold())));
        sessions.collect("linux", new CollectionPlan(Set.of(status), PERIOD));
        await().untilAsserted(
                        () -> assertThat(heard.lastReading("linux", status)).contains(new MetricReading.Value("up")));

        // When
        peer.freezeNetconfd();

        // Then
        await().untilAsserted(() ->
                assertThat(heard.lastReading("linux", status)).get().isInstanceOf(MetricReading.Failed.class));
        peer.thawNetconfd();
        await().untilAsserted(
                        () -> assertThat(heard.lastReading("linux", status)).contains(new MetricReading.Value("up")));
    }

    private static MetricPath path(String link, String leaf) {
        return MetricPath.parse(
                "/if:interfaces-state/if:interface[if:name='" + link + "']/if:" + leaf, Map.of("if", IF));
    }

    private static String text(RpcReply reply) {
        assertThat(reply).isInstanceOf(RpcReply.Data.class);
        return ((RpcReply.Data) reply).content().getFirst().toString();
    }

    private void awaitUp() {
        await().untilAsserted(() -> assertThat(heard.state("linux")).get().matches(DeviceState::isUp));
    }

    /** Skips, with the reason, where the peer cannot run. */
    static final class NeedsNetconfd implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> whyNot = NetconfdPeer.whyNot();
            return whyNot.map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("netconfd is here"));
        }
    }
}
