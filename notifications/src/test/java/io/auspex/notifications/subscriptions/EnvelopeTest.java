package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.notifications.Envelope;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notifications in envelopes (draft-ietf-netconf-notif-envelope). */
class EnvelopeTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String SWITCH =
            "/ietf-subscribed-notifications:subscriptions/ietf-yp-notification:enable-notification-envelope";

    private final Plant plant = new Plant();

    @BeforeEach
    void name() throws Exception {
        plant.put("/ietf-system:system/hostname", "{'ietf-system:hostname':'plant.example'}");
    }

    @AfterEach
    void close() throws Exception {
        plant.subscriptions.configured().close();
        plant.close();
    }

    private void enable(boolean wanted) throws Exception {
        plant.put(SWITCH, "{'ietf-yp-notification:enable-notification-envelope':" + wanted + "}");
        plant.subscriptions.configured().changed();
    }

    private void publish(long n) {
        plant.stream.publish(tick(plant.clock.instant(), n));
    }

    private static Outgoing next(DynamicSubscription.Connection from) throws Exception {
        return Objects.requireNonNull(from.next(WAIT));
    }

    @Test
    void messagesAreNumberedFromOneForEachSubscription() throws Exception {
        enable(true);
        var first = plant.establish(plant.ann, "{'stream':'NETCONF'}").connection();
        publish(1);
        publish(2);
        assertThat(next(first).envelope()).isEqualTo(new Envelope("plant.example", 1));
        assertThat(next(first).envelope()).isEqualTo(new Envelope("plant.example", 2));
        var second = plant.establish(plant.bob, "{'stream':'NETCONF'}").connection();
        publish(3);
        assertThat(next(second).envelope()).isEqualTo(new Envelope("plant.example", 1));
    }

    @Test
    void aChangeTerminatesWhatThereIsWithTheHeaderItHad() throws Exception {
        var before = plant.establish(plant.ann, "{'stream':'NETCONF'}").connection();
        enable(true);
        var told = next(before);
        assertThat(told.envelope()).isNull();
        assertThat(told.notification().content().schema().name()).isEqualTo("subscription-terminated");
        var after = plant.establish(plant.ann, "{'stream':'NETCONF'}").connection();
        enable(false);
        assertThat(next(after).envelope()).isEqualTo(new Envelope("plant.example", 1));
    }

    @Test
    void whoComesBackGoesOnWithTheNumberAfterTheLastThatItGot() throws Exception {
        enable(true);
        var taking = plant.establish(plant.ann, "{'stream':'NETCONF','auspex-subscriptions:grace-period':60}");
        publish(1);
        publish(2);
        publish(3);
        var first = next(taking.connection());
        next(taking.connection());
        taking.connection().close();
        assertThatThrownBy(() -> taking.subscription().attach("1.0")).isInstanceOf(YangException.class);
        var again = taking.subscription().attach(first.id());
        assertThat(next(again).envelope()).isEqualTo(new Envelope("plant.example", 2));
        assertThat(next(again).envelope()).isEqualTo(new Envelope("plant.example", 3));
    }

    @Test
    void afterTheLastNumberComesZero() {
        var on = new Envelopes.Switch(() -> "h");
        on.set(true);
        var envelopes = on.begin();
        envelopes.goBack(4_294_967_294L);
        assertThat(envelopes.next()).isEqualTo(new Envelope("h", 4_294_967_295L));
        assertThat(envelopes.next()).isEqualTo(new Envelope("h", 0));
        assertThat(envelopes.next()).isEqualTo(new Envelope("h", 1));
    }

    @Test
    void aReceiverThatIsConfiguredIsTerminatedAndStartedAgainInEnvelopes() throws Exception {
        var receivers = new Receivers();
        plant.put(
                "/ietf-subscribed-notifications:subscriptions",
                "{'ietf-subscribed-notifications:subscriptions':{'subscription':[{'id':7,'stream':'NETCONF',"
                        + "'receivers':{'receiver':[{'name':'oss','ietf-subscribed-notif-receivers:receiver-instance-ref':'oss'}]}}],"
                        + "'ietf-subscribed-notif-receivers:receiver-instances':{'receiver-instance':["
                        + ConfiguredSubscriptionsTest.instance("oss", "/") + "]}}}");
        plant.subscriptions.configured().start(List.of(receivers), Receivers.PAUSES);
        var oss = receivers.one("oss");
        assertThat(oss.next()).startsWith("{'subscription-started'");
        enable(true);
        assertThat(oss.next()).startsWith("{'subscription-terminated'");
        assertThat(oss.next()).startsWith("plant.example 1 {'subscription-started'");
        publish(1);
        assertThat(oss.next()).startsWith("plant.example 2 {'events:tick'");
    }
}
