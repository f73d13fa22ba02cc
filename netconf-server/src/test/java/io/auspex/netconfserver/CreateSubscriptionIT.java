package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.NodeBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code create-subscription} and what it makes a session send (RFC 5277). */
class CreateSubscriptionIT {
    private static final String NOTIFICATION = "urn:ietf:params:xml:ns:netconf:notification:1.0";

    private final TestClock clock = new TestClock();
    private final LiveServer server;
    private final SessionPeer alice;

    CreateSubscriptionIT() throws Exception {
        server = new LiveServer(SshAlgorithms.STRICT, clock);
        alice = SessionPeer.ready(server.sessions, "alice");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String create(String parameters) {
        return "<create-subscription xmlns='" + NOTIFICATION + "'>" + parameters + "</create-subscription>";
    }

    private void happens(String what) {
        var schema =
                ExampleData.MODEL.notification("example-config", "happened").orElseThrow();
        server.events.publish(new Notification(clock.instant(), NodeBuilder.node(schema, n -> n.leaf("what", what))));
    }

    private static void isEvent(String message, String what) {
        assertThat(message)
                .startsWith("<notification xmlns=\"" + NOTIFICATION + "\"><eventTime>")
                .endsWith("</eventTime><happened xmlns=\"" + ExampleData.NAMESPACE + "\"><what>" + what
                        + "</what></happened></notification>");
    }

    private static void isRefused(String reply, String tag) {
        assertThat(reply).contains("<error-tag>" + tag + "</error-tag>");
    }

    @Test
    void eventsComeAfterTheReplyAndBetweenFurtherReplies() throws Exception {
        // Given
        happens("before");
        assertThat(alice.rpc(create(""))).endsWith("<ok/></rpc-reply>");
        // When
        happens("first");
        // Then
        isEvent(alice.next(), "first");
        assertThat(alice.rpc("<ping xmlns='" + ExampleData.NAMESPACE + "'/>")).contains("message-id=\"2\"");
        happens("second");
        isEvent(alice.next(), "second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<filter><happened"
                        + " xmlns='http://example.com/schema/1.2/config'><what>wanted</what></happened></filter>",
                "<filter type='xpath' xmlns:e='http://example.com/schema/1.2/config'"
                        + " select=\"/e:happened[e:what='wanted']\"/>",
            })
    void aFilterPassesEventsWholeOrNotAtAll(String filter) throws Exception {
        assertThat(alice.rpc(create(filter))).contains("<ok/>");
        // When
        happens("unwanted");
        happens("wanted");
        // Then
        isEvent(alice.next(), "wanted");
    }

    @Test
    void aReplayIsMarkedAndEndsAtTheStopTime() throws Exception {
        // Given
        var start = clock.instant();
        happens("old");
        clock.advance(Duration.ofSeconds(10));
        // When
        var reply = alice.rpc(create("<filter><happened xmlns='" + ExampleData.NAMESPACE + "'/></filter><startTime>"
                + start + "</startTime><stopTime>" + start.plusSeconds(60) + "</stopTime>"));
        // Then
        assertThat(reply).contains("<ok/>");
        isEvent(alice.next(), "old");
        assertThat(alice.next()).contains("<replayComplete xmlns=\"urn:ietf:params:xml:ns:netmod:notification\"/>");
        happens("new");
        isEvent(alice.next(), "new");
        clock.advance(Duration.ofSeconds(60));
        happens("too late");
        assertThat(alice.next()).contains("<notificationComplete ");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(alice.rpc(create(""))).contains("<ok/>"));
    }

    @Test
    void aSessionHasOneAtATime() throws Exception {
        assertThat(alice.rpc(create(""))).contains("<ok/>");
        isRefused(alice.rpc(create("")), "operation-failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<stream>nothing</stream>|invalid-value",
                "<stopTime>2020-01-01T00:00:00Z</stopTime>|missing-element",
                "<startTime>2020-01-02T00:00:00Z</startTime><stopTime>2020-01-01T00:00:00Z</stopTime>|bad-element",
                "<startTime>2120-01-02T00:00:00Z</startTime>|bad-element",
                "<startTime>yesterday</startTime>|invalid-value",
                "<filter type='xpath' select='/nothing['/>|invalid-value",
                "<colour/>|unknown-element",
            })
    void whatMakesNoSenseIsRefused(String parameters, String tag) throws Exception {
        isRefused(alice.rpc(create(parameters)), tag);
    }

    @Test
    void theStreamsAreShown() throws Exception {
        var reply =
                alice.rpc("<get><filter><netconf xmlns='urn:ietf:params:xml:ns:netmod:notification'/></filter></get>");
        assertThat(reply)
                .contains("<stream><name>NETCONF</name><description>All events.</description>"
                        + "<replaySupport>true</replaySupport><replayLogCreationTime>");
    }
}
