package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.XmlElement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The rpcs by which a client subscribes to a device's operational datastore (RFC 8639 §2.4, RFC 8641 §4.4). */
final class PushOperations {
    static final String SUBSCRIBED = "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";
    static final String PUSH = "urn:ietf:params:xml:ns:yang:ietf-yang-push";
    private static final String DATASTORES = "urn:ietf:params:xml:ns:yang:ietf-datastores";
    private static final long CENTISECOND_MILLIS = 10;

    private PushOperations() {}

    /**
     * Establishes a subscription whose first update holds all that is selected.
     *
     * @param interval of periodic updates; of on-change ones the shortest time between two that tell of the same node
     */
    static XmlElement establish(UpdateTrigger trigger, Collection<MetricPath> paths, Duration interval) {
        var centiseconds = Long.toString(Math.max(1, interval.toMillis() / CENTISECOND_MILLIS));
        var when = switch (trigger) {
            case ON_CHANGE -> XmlElement.of(PUSH, "on-change", XmlElement.leaf(PUSH, "dampening-period", centiseconds));
            case PERIODIC -> XmlElement.of(PUSH, "periodic", XmlElement.leaf(PUSH, "period", centiseconds));
        };
        var filter = new XmlElement(
                PUSH,
                "datastore-subtree-filter",
                Map.of(),
                List.of(),
                GetFilter.subtree(paths).children(),
                "");
        return XmlElement.of(
                SUBSCRIBED,
                "establish-subscription",
                XmlElement.leaf(PUSH, "datastore", "ds:operational").withPrefix("ds", DATASTORES),
                filter,
                when);
    }

    /** Ends a subscription. */
    static XmlElement delete(String id) {
        return XmlElement.of(SUBSCRIBED, "delete-subscription", XmlElement.leaf(SUBSCRIBED, "id", id));
    }

    /** Asks for all that an on-change subscription selects. */
    static XmlElement resync(String id) {
        return XmlElement.of(PUSH, "resync-subscription", XmlElement.leaf(PUSH, "id", id));
    }

    /** A get for a leaf of a subscription, which costs a device next to nothing: what counts is that it answers. */
    static XmlElement probe(String id) {
        var subscription = XmlElement.of(
                SUBSCRIBED,
                "subscription",
                XmlElement.leaf(SUBSCRIBED, "id", id),
                XmlElement.of(SUBSCRIBED, "encoding"));
        return XmlElement.of(
                BASE, "get", DeviceOperations.subtreeFilter(XmlElement.of(SUBSCRIBED, "subscriptions", subscription)));
    }

    /** The filter of a get for what the device says of its subscriptions (RFC 9196). */
    static XmlElement capabilities() {
        return XmlElement.of(
                BASE,
                "get",
                DeviceOperations.subtreeFilter(XmlElement.of(PushCapabilities.SYSTEM, "system-capabilities")));
    }
}
