package io.auspex.restconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notifications as server-sent events have them (RFC 8040 §6.4). */
class NotificationMessagesTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private static final ModelContext MODEL =
            ModelLoader.load(List.of(Path.of("..", "notifications", "src", "test", "resources", "yang")));

    /** A notification that is tied to a port. */
    private static Notification flapped() throws InvalidValueException {
        var port = InstanceIdentifiers.parse("/events:ports/port[name='a\nb']", MODEL.root(), MODEL.jsonPrefixes());
        var schema = port.schema().notifications().getFirst();
        return new Notification(AT, port, NodeBuilder.node(schema, n -> n.leaf("times", 3L)));
    }

    @Test
    void aNotificationInTheDataTreeStandsBelowItsParentInJson() throws Exception {
        assertThat(new String(NotificationMessages.json(flapped(), "ietf-restconf"), UTF_8))
                .isEqualTo("{\"ietf-restconf:notification\":{\"eventTime\":\"2026-11-21T10:00:00Z\","
                        + "\"events:ports\":{\"port\":[{\"name\":\"a\\nb\",\"flapped\":{\"times\":3}}]}}}");
    }

    @Test
    void aNotificationInTheDataTreeStandsBelowItsParentInXmlOnOneLine() throws Exception {
        assertThat(new String(NotificationMessages.xml(flapped()), UTF_8))
                .isEqualTo("<notification xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\">"
                        + "<eventTime>2026-11-21T10:00:00Z</eventTime><ports xmlns=\"urn:events\"><port><name>a&#10;b</name>"
                        + "<flapped><times>3</times></flapped></port></ports></notification>");
    }

    @Test
    void aFilterFindsItThere() throws Exception {
        var filters = new ModelFilters(MODEL);
        var below = "/events:ports/port/flapped[times = %s]";
        assertThat(filters.xpath(below.formatted("3")).test(flapped())).isTrue();
        assertThat(filters.xpath(below.formatted("4")).test(flapped())).isFalse();
    }
}
