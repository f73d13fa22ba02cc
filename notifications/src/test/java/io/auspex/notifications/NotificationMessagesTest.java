package io.auspex.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Notifications as server-sent events have them (RFC 8040 §6.4). */
class NotificationMessagesTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private static final ModelContext MODEL = Events.MODEL;

    /** A notification that is tied to a port. */
    private static Notification flapped() throws InvalidValueException {
        var port = InstanceIdentifiers.parse("/events:ports/port[name='a\nb']", MODEL.root(), MODEL.jsonPrefixes());
        var schema = port.schema().notifications().getFirst();
        return new Notification(AT, port, NodeBuilder.node(schema, n -> n.leaf("times", 3L)));
    }

    @Test
    void aNotificationInTheDataTreeStandsBelowItsParentInJson() throws Exception {
        assertThat(new String(NotificationMessages.json(flapped(), null, "ietf-restconf"), UTF_8))
                .isEqualTo("{\"ietf-restconf:notification\":{\"eventTime\":\"2026-11-21T10:00:00Z\","
                        + "\"events:ports\":{\"port\":[{\"name\":\"a\\nb\",\"flapped\":{\"times\":3}}]}}}");
    }

    @Test
    void aNotificationInTheDataTreeStandsBelowItsParentInXmlOnOneLine() throws Exception {
        assertThat(new String(NotificationMessages.xml(flapped(), null), UTF_8))
                .isEqualTo("<notification xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\">"
                        + "<eventTime>2026-11-21T10:00:00Z</eventTime><ports xmlns=\"urn:events\"><port><name>a&#10;b</name>"
                        + "<flapped><times>3</times></flapped></port></ports></notification>");
    }

    @Test
    void anEnvelopeSaysWhoSentItAndItsNumber() throws Exception {
        var envelope = new Envelope("auspex.example", 4_294_967_295L);
        assertThat(new String(NotificationMessages.json(flapped(), envelope, "ietf-restconf"), UTF_8))
                .isEqualTo("{\"ietf-yp-notification:envelope\":{\"event-time\":\"2026-11-21T10:00:00Z\","
                        + "\"hostname\":\"auspex.example\",\"sequence-number\":4294967295,\"contents\":"
                        + "{\"events:ports\":{\"port\":[{\"name\":\"a\\nb\",\"flapped\":{\"times\":3}}]}}}}");
        assertThat(new String(NotificationMessages.xml(flapped(), envelope), UTF_8))
                .isEqualTo(
                        "<envelope xmlns=\"urn:ietf:params:xml:ns:yang:ietf-yp-notification\">"
                                + "<event-time>2026-11-21T10:00:00Z</event-time><hostname>auspex.example</hostname>"
                                + "<sequence-number>4294967295</sequence-number><contents><ports xmlns=\"urn:events\"><port>"
                                + "<name>a&#10;b</name><flapped><times>3</times></flapped></port></ports></contents></envelope>");
    }

    @Test
    void aFilterFindsItThere() throws Exception {
        var filters = new ModelFilters(MODEL);
        var below = "/events:ports/port/flapped[times = %s]";
        assertThat(filters.xpath(below.formatted("3")).test(flapped())).isTrue();
        assertThat(filters.xpath(below.formatted("4")).test(flapped())).isFalse();
    }
}
