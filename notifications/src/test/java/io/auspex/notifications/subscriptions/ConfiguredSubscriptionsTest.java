package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.MODEL;
import static io.auspex.notifications.Events.START;
import static io.auspex.notifications.Events.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions in running and their receivers (RFC 8639 §2.5, §2.7). */
class ConfiguredSubscriptionsTest {
    private static final String TOP = "/ietf-subscribed-notifications:subscriptions";
    private static final String SEVEN = TOP + "/subscription[id='7']";
    private static final String TO_OSS =
            "'receivers':{'receiver':[{'name':'oss','ietf-subscribed-notif-receivers:receiver-instance-ref':'oss'}]}";

    @TempDir
    Path folder;

    private final Receivers receivers = new Receivers();
    private final Receivers.One oss = receivers.one("oss");
    private Plant plant;

    @BeforeEach
    void begin() throws Exception {
        begin(new Plant(folder, 5));
    }

    private void begin(Plant begun) throws Exception {
        plant = begun;
        for (var name : List.of("oss", "other")) {
            plant.put(
                    TOP + "/ietf-subscribed-notif-receivers:receiver-instances/receiver-instance[name='" + name + "']",
                    "{'ietf-subscribed-notif-receivers:receiver-instance':[" + instance(name, "/") + "]}");
        }
        plant.subscriptions.configured().start(List.of(receivers), Receivers.PAUSES);
    }

    static String instance(String name, String path) {
        return "{'name':'" + name + "','ietf-https-notif-transport:https-receiver':{'tls':{"
                + "'tcp-client-parameters':{'remote-address':'oss.example'},"
                + "'tls-client-parameters':{'server-authentication':{'ca-certs':{'inline-definition':{'certificate':"
                + "[{'name':'ca','cert-data':'MIIB'}]}}}},'http-client-parameters':{'path':'" + path + "'}}}}";
    }

    @AfterEach
    void end() throws Exception {
        plant.subscriptions.configured().close();
        plant.close();
    }

    private void configure(String content) throws Exception {
        configure(7, content);
    }

    private void configure(int id, String content) throws Exception {
        plant.put(
                TOP + "/subscription[id='" + id + "']",
                "{'ietf-subscribed-notifications:subscription':[{'id':" + id + "," + content + "}]}");
        plant.subscriptions.configured().changed();
    }

    private void publish(long n) {
        plant.stream.publish(tick(plant.clock.instant(), n));
    }

    private static String tickOf(long n) {
        return "{'events:tick':{'n':" + n + ",'text':''}}";
    }

    private ConfiguredReceiver receiver(String name) {
        return plant.subscriptions
                .configured()
                .find(7)
                .flatMap(s -> s.receiver(name))
                .orElseThrow();
    }

    private void awaitState(String name, ConfiguredReceiver.State state) {
        await().untilAsserted(() -> assertThat(receiver(name).state()).isEqualTo(state));
    }

    /** Subscription 7 as it is shown. */
    private String shown() throws Exception {
        var state = new SubscriptionState(plant.subscriptions).state(plant.datastores.running());
        var all = (InnerNode) Objects.requireNonNull(state.child(state.schema()
                .child("ietf-subscribed-notifications", "subscriptions")
                .orElseThrow()));
        return Plant.text(all.list("subscription").orElseThrow().iterator().next(), false);
    }

    @Nested
    class Section_2_5_1_States {
        @Test
        void aReceiverIsToldThatTheSubscriptionStartsBeforeItsFirstEvent() throws Exception {
            configure("'stream':'NETCONF','purpose':'health desk'," + TO_OSS);
            assertThat(oss.next())
                    .isEqualTo("{'subscription-started':{'id':7,'encoding':'encode-json','purpose':'health desk',"
                            + "'stream':'NETCONF'}}");
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            await().untilAsserted(() -> assertThat(shown())
                    .contains("'configured-subscription-state':'valid'")
                    .contains("{'name':'oss','sent-event-records':'1','excluded-event-records':'0','state':'active'}"));
        }

        @Test
        void aReceiverThatDoesNotAnswerIsTriedAgainUntilItDoes() throws Exception {
            oss.away = true;
            configure("'stream':'NETCONF'," + TO_OSS);
            await().until(() -> oss.attempts.get() > 2);
            assertThat(shown()).contains("'state':'connecting','auspex-subscriptions:last-error':'nobody is there'");
            oss.away = false;
            assertThat(oss.next()).contains("subscription-started");
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
            assertThat(shown()).doesNotContain("last-error");
        }

        @Test
        void whatHappensWhileAConnectionIsLostIsSentOnceItIsThereAgain() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            oss.away = true;
            publish(2);
            awaitState("oss", ConfiguredReceiver.State.CONNECTING);
            publish(3);
            oss.away = false;
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.next()).isEqualTo(tickOf(2));
            assertThat(oss.next()).isEqualTo(tickOf(3));
        }

        @Test
        void aReceiverThatNeverAnswersIsGivenUpUntilItIsReset() throws Exception {
            oss.away = true;
            configure("'stream':'NETCONF'," + TO_OSS);
            await().until(() -> oss.attempts.get() > 0);
            plant.clock.pass(Duration.ofHours(2));
            awaitState("oss", ConfiguredReceiver.State.DISCONNECTED);
            oss.away = false;
            reset();
            assertThat(oss.next()).contains("subscription-started");
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
        }

        @Test
        void aReceiverThatAnswersButNeverTakesAnEventIsGivenUp() throws Exception {
            oss.stateChanges = false;
            failsUntilGivenUp();
            oss.fails = "";
            reset();
            assertThat(oss.next()).isEqualTo(tickOf(1));
        }

        @Test
        void aReceiverThatNeverTakesTheNextEventIsGivenUp() throws Exception {
            failsUntilGivenUp();
        }

        private void failsUntilGivenUp() throws Exception {
            oss.fails = "'n':1,";
            configure("'stream':'NETCONF'," + TO_OSS);
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
            publish(1);
            // Each attempt alone is over in less time than a receiver has: only all together are too long.
            for (var i = 0; i < 3; i++) {
                var before = oss.attempts.get();
                await().until(() -> oss.attempts.get() > before + 2);
                plant.clock.pass(Duration.ofMinutes(25));
            }
            awaitState("oss", ConfiguredReceiver.State.DISCONNECTED);
        }

        @Test
        void aReceiverThatHasTakenAnEventHasAllTheTimeAgain() throws Exception {
            oss.stateChanges = false;
            configure("'stream':'NETCONF'," + TO_OSS);
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
            for (var n = 1; n <= 3; n++) {
                oss.fails = "'n':" + n + ",";
                publish(n);
                var before = oss.attempts.get();
                await().until(() -> oss.attempts.get() > before + 3);
                plant.clock.pass(Duration.ofMinutes(50));
                oss.fails = "";
                assertThat(oss.next()).isEqualTo(tickOf(n));
            }
        }

        /** The first event is on its way to it when so many come that it does not keep up. */
        private void doesNotTake() {
            oss.takes.drainPermits();
            publish(1);
            await().until(oss.takes::hasQueuedThreads);
            for (var n = 2; n <= 5_000; n++) {
                publish(n);
            }
            plant.subscriptions.lookAfter();
            awaitState("oss", ConfiguredReceiver.State.SUSPENDED);
        }

        @Test
        void aReceiverThatDoesNotKeepUpIsSuspendedAndGoesOnWithWhatIsNew() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            doesNotTake();
            oss.takes.release(Integer.MAX_VALUE);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            assertThat(oss.next()).isEqualTo("{'subscription-suspended':{'id':7,'reason':'unsupportable-volume'}}");
            assertThat(oss.next()).isEqualTo("{'subscription-resumed':{'id':7}}");
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
            publish(6_000);
            assertThat(oss.next()).isEqualTo(tickOf(6_000));
        }

        @Test
        void whatIsOrderedWhileAReceiverIsToldThatItWasSuspendedIsDoneAtOnce() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            doesNotTake();
            var receiver = receiver("oss");
            oss.whenTaking = text -> {
                if (text.contains("subscription-suspended")) {
                    receiver.terminate("no-such-subscription");
                }
            };
            oss.takes.release(Integer.MAX_VALUE);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            assertThat(oss.next()).contains("subscription-suspended");
            assertThat(oss.next()).contains("subscription-resumed");
            assertThat(oss.next()).contains("subscription-terminated");
        }

        @Test
        void aSubscriptionThatCannotBeSupportedIsInvalidAndSaysWhyUntilItIsMended() throws Exception {
            configure("'stream':'none'," + TO_OSS);
            assertThat(shown())
                    .contains("'configured-subscription-state':'invalid'")
                    .contains("'auspex-subscriptions:invalid-because':'there is no event stream 'none''")
                    .contains("'state':'disconnected'");
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            assertThat(shown()).contains("'configured-subscription-state':'valid'");
        }

        @Test
        void anInternalFaultInOneMakesThatInvalidAndLeavesTheOthersServed() throws Exception {
            oss.broken = true;
            plant.put(
                    SEVEN,
                    "{'ietf-subscribed-notifications:subscription':[{'id':7,'stream':'NETCONF'," + TO_OSS + "}]}");
            configure(8, "'stream':'NETCONF'," + TO_OSS.replace("oss", "other"));
            assertThat(receivers.one("other").next()).contains("subscription-started");
            assertThat(shown())
                    .contains("'configured-subscription-state':'invalid'")
                    .contains("'auspex-subscriptions:invalid-because':'internal fault, incident ");
            oss.broken = false;
            plant.subscriptions.configured().changed();
            assertThat(oss.next()).contains("subscription-started");
        }

        @Test
        void aReceiverThatRefersToNoInstanceMakesItInvalid() throws Exception {
            configure("'stream':'NETCONF','receivers':{'receiver':[{'name':'lost'}]}");
            assertThat(shown()).contains("receiver 'lost' has no receiver-instance-ref");
        }

        @Test
        void anActiveReceiverIsToldWhenItBecomesInvalid() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            configure("'stream':'none'," + TO_OSS);
            assertThat(oss.next()).isEqualTo("{'subscription-terminated':{'id':7,'reason':'no-such-subscription'}}");
        }

        @Test
        void itIsConcludedAtItsStopTime() throws Exception {
            configure("'stream':'NETCONF','stop-time':'" + START.plusSeconds(60) + "'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            plant.clock.pass(Duration.ofSeconds(61));
            publish(2);
            assertThat(oss.next()).isEqualTo("{'subscription-completed':{'id':7}}");
            await().untilAsserted(() -> {
                plant.subscriptions.lookAfter();
                assertThat(shown()).contains("'configured-subscription-state':'concluded'");
            });
        }
    }

    @Nested
    class Section_2_5_3_Modification {
        @Test
        void anotherFilterIsToldAndCountsFromThenOn() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            configure("'stream':'NETCONF','stream-xpath-filter':'/events:tick[n > 5]'," + TO_OSS);
            assertThat(oss.next())
                    .contains("subscription-modified")
                    .contains("'stream-xpath-filter':'/events:tick[n > 5]'");
            publish(1);
            publish(6);
            assertThat(oss.next()).isEqualTo(tickOf(6));
            await().untilAsserted(() -> assertThat(receiver("oss").excluded()).isEqualTo(1));
        }

        @Test
        void anotherStreamIsReceivedFromInPlaceOfTheOldOne() throws Exception {
            var alarms = plant.stream("alarms");
            alarms.publish(tick(plant.clock.instant(), 10));
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            configure("'stream':'alarms'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-modified").contains("'stream':'alarms'");
            publish(1);
            alarms.publish(tick(plant.clock.instant(), 11));
            assertThat(oss.next()).isEqualTo(tickOf(11));
        }

        @Test
        void anotherStreamIsReceivedFromItsOwnPlaceAfterALostConnection() throws Exception {
            var alarms = plant.stream("alarms");
            for (var n = 10; n < 15; n++) {
                alarms.publish(tick(plant.clock.instant(), n));
            }
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            oss.away = true;
            publish(2);
            awaitState("oss", ConfiguredReceiver.State.CONNECTING);
            configure("'stream':'alarms'," + TO_OSS);
            oss.away = false;
            assertThat(oss.next()).contains("subscription-started").contains("'stream':'alarms'");
            alarms.publish(tick(plant.clock.instant(), 15));
            assertThat(oss.next()).isEqualTo(tickOf(15));
        }

        @Test
        void aStreamIsReceivedInPlaceOfADatastore() throws Exception {
            plant.heat.set("a", 6L);
            configure(changesOf("operational"));
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.next()).contains("'yp:push-update'");
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-modified").contains("'stream':'NETCONF'");
            plant.heat.set("a", 7L);
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
        }

        @Test
        void anotherDatastoreIsSentWholeAndThenItsChanges() throws Exception {
            plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a'}]}");
            plant.heat.set("a", 7L);
            configure(changesOf("operational"));
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.next()).contains("'yp:push-update'").contains("'heat':7");
            configure(changesOf("running"));
            assertThat(oss.next()).contains("subscription-modified").contains("ietf-datastores:running");
            assertThat(oss.next()).contains("'yp:push-update'").contains("'a'").doesNotContain("heat");
            plant.heat.set("a", 8L);
            plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b'}]}");
            assertThat(oss.next()).contains("'yp:push-change-update'").contains("unit=b");
        }

        @Test
        void inAnotherEncodingItIsSentWholeAgain() throws Exception {
            plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a'}]}");
            configure(changesOf("running") + ",'encoding':'encode-json'");
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.next()).contains("'yp:push-update'").contains("{'id':'a'}");
            configure(changesOf("running") + ",'encoding':'encode-xml'");
            assertThat(oss.next()).contains("subscription-modified").contains("encode-xml");
            assertThat(oss.next()).contains("push-update").contains("<id>a</id>");
            plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b'}]}");
            assertThat(oss.next()).contains("push-change-update").contains("<id>b</id>");
        }

        @Test
        void anotherReceiverIsStartedAndARemovedOneIsTold() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            configure("'stream':'NETCONF'," + TO_OSS.replace("oss", "other"));
            assertThat(receivers.one("other").next()).contains("subscription-started");
            assertThat(oss.next()).isEqualTo("{'subscription-terminated':{'id':7,'reason':'no-such-subscription'}}");
        }

        @Test
        void aReceiverThatIsElsewhereIsConnectedAnew() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            plant.put(
                    TOP + "/ietf-subscribed-notif-receivers:receiver-instances/receiver-instance[name='oss']",
                    "{'ietf-subscribed-notif-receivers:receiver-instance':[" + instance("oss", "/new") + "]}");
            plant.subscriptions.configured().changed();
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.attempts.get()).isEqualTo(2);
        }

        @Test
        void aReceiverIsConnectedAnewWhenOtherCertificatesAreTrusted() throws Exception {
            trust("MIIB");
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            plant.subscriptions.configured().changed();
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            trust("MIIC");
            plant.subscriptions.configured().changed();
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.attempts.get()).isEqualTo(2);
        }

        @Test
        void aReceiverThatWasGivenUpIsTriedAgainWhenOtherCertificatesAreTrusted() throws Exception {
            trust("MIIB");
            oss.away = true;
            configure("'stream':'NETCONF'," + TO_OSS);
            await().until(() -> oss.attempts.get() > 0);
            plant.clock.pass(Duration.ofHours(2));
            awaitState("oss", ConfiguredReceiver.State.DISCONNECTED);
            oss.away = false;
            trust("MIIC");
            plant.subscriptions.configured().changed();
            assertThat(oss.next()).contains("subscription-started");
        }

        private void trust(String certificate) throws Exception {
            plant.put(
                    "/ietf-truststore:truststore/certificate-bags/certificate-bag[name='cas']",
                    "{'ietf-truststore:certificate-bag':[{'name':'cas','certificate':[{'name':'ca','cert-data':'"
                            + certificate + "'}]}]}");
        }

        @Test
        void aChangeOfSomethingElseIsNotTold() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            configure(8, "'stream':'NETCONF'," + TO_OSS.replace("oss", "other"));
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
        }

        @Test
        void aFilterByNameIsToldWithItsContentWheneverItChanges() throws Exception {
            var filter = "/ietf-subscribed-notifications:filters/stream-filter[name='big']";
            plant.put(filter, filter("10"));
            configure("'stream':'NETCONF','stream-filter-name':'big'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started").contains("[n > 10]");
            plant.put(filter, filter("20"));
            plant.subscriptions.configured().changed();
            assertThat(oss.next()).contains("subscription-modified").contains("[n > 20]");
            publish(15);
            publish(25);
            assertThat(oss.next()).isEqualTo(tickOf(25));
        }

        private String filter(String above) {
            return "{'ietf-subscribed-notifications:stream-filter':[{'name':'big','stream-xpath-filter':'/events:tick[n > "
                    + above + "]'}]}";
        }
    }

    @Test
    void aDeletedSubscriptionIsTerminated() throws Exception {
        configure("'stream':'NETCONF'," + TO_OSS);
        assertThat(oss.next()).contains("subscription-started");
        plant.delete(SEVEN);
        plant.subscriptions.configured().changed();
        assertThat(oss.next()).isEqualTo("{'subscription-terminated':{'id':7,'reason':'no-such-subscription'}}");
        assertThat(plant.subscriptions.configured().find(7)).isEmpty();
    }

    private void reset() throws Exception {
        var path = path(SEVEN + "/receivers/receiver[name='oss']");
        var output = path.schema().operations().getFirst().child("output").orElseThrow();
        var time = plant.subscriptions.configured().reset(path, output);
        assertThat(time.value("time").orElseThrow())
                .hasToString(plant.clock.instant().toString());
    }

    private static DataPath path(String text) throws Exception {
        return InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes());
    }

    @Nested
    class Section_2_5_5_Reset {
        @Test
        void aReceiverThatIsResetIsStartedAgainAndLosesNothing() throws Exception {
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
            reset();
            assertThat(oss.next()).contains("subscription-started");
            publish(2);
            assertThat(oss.next()).isEqualTo(tickOf(2));
        }

        @Test
        void aReceiverOfNoValidSubscriptionCannotBeReset() throws Exception {
            configure("'stream':'none'," + TO_OSS);
            assertThatThrownBy(ConfiguredSubscriptionsTest.this::reset)
                    .isInstanceOf(YangException.class)
                    .hasMessageContaining("its subscription is not valid");
        }
    }

    @Nested
    class Section_2_5_6_Replay {
        @Test
        void whatHappenedSinceTheServerStartedIsReplayed() throws Exception {
            publish(1);
            plant.clock.pass(Duration.ofSeconds(1));
            publish(2);
            configure("'stream':'NETCONF','configured-replay':[null]," + TO_OSS);
            assertThat(oss.next()).contains("'replay-start-time':'" + START + "'");
            assertThat(oss.next()).isEqualTo(tickOf(1));
            assertThat(oss.next()).isEqualTo(tickOf(2));
            assertThat(oss.next()).isEqualTo("{'replay-completed':{'id':7}}");
            assertThat(shown()).contains("'replay-start-time':'" + START + "'");
        }

        @Test
        void aReceiverThatIsLostInTheMiddleOfTheReplayLearnsOfItsEnd() throws Exception {
            publish(1);
            publish(2);
            oss.fails = "'n':2,";
            configure("'stream':'NETCONF','configured-replay':[null]," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.next()).isEqualTo(tickOf(1));
            assertThat(oss.next()).contains("subscription-started");
            oss.fails = "";
            await().until(() -> oss.got.contains(tickOf(2)));
            oss.got.removeIf(n -> n.contains("subscription-started") || n.equals(tickOf(2)));
            assertThat(oss.next()).isEqualTo("{'replay-completed':{'id':7}}");
            publish(3);
            assertThat(oss.next()).isEqualTo(tickOf(3));
        }

        @Test
        void afterARestartTheReceiverLearnsThatThereIsMoreAndGetsWhatIsNew() throws Exception {
            publish(1);
            end();
            var later = new Plant(folder, 5, START.plusSeconds(10));
            begin(later);
            publish(2);
            configure("'stream':'NETCONF','configured-replay':[null]," + TO_OSS);
            assertThat(oss.next())
                    .contains("'replay-previous-event-time':'" + START + "'")
                    .contains("'replay-start-time':'" + START.plusSeconds(10) + "'");
            assertThat(oss.next()).isEqualTo(tickOf(2));
        }
    }

    @Nested
    class Receiver_Abilities {
        @Test
        void theEncodingIsTheFirstThatTheReceiverTakes() throws Exception {
            oss.encodings = Set.of("encode-xml");
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).startsWith("<subscription-started");
        }

        @Test
        void anEncodingThatTheReceiverDoesNotTakeIsItsFault() throws Exception {
            oss.encodings = Set.of("encode-xml");
            configure("'stream':'NETCONF','encoding':'encode-json'," + TO_OSS);
            await().untilAsserted(
                            () -> assertThat(shown()).contains("the receiver takes [encode-xml], not encode-json"));
        }

        /** RFC 8341 §3.4.6. */
        @Test
        void ofAReceiverThatHasLoggedInTheRightsOfItsUserCount() throws Exception {
            plant.deny("guest", "'module-name':'events'");
            oss.user = Optional.of(new Principal("guest", Set.of(), "a test"));
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            publish(1);
            await().untilAsserted(() -> assertThat(shown()).contains("'excluded-event-records':'1'"));
            oss.user = Optional.of(new Principal("operator", Set.of(), "a test"));
            receiver("oss").reset();
            assertThat(oss.next()).contains("subscription-started");
            assertThat(oss.next()).isEqualTo(tickOf(1));
        }

        @Test
        void aReceiverThatDoesNotKnowSubscriptionsIsSentEventsAlone() throws Exception {
            oss.stateChanges = false;
            configure("'stream':'NETCONF'," + TO_OSS);
            awaitState("oss", ConfiguredReceiver.State.ACTIVE);
            publish(1);
            assertThat(oss.next()).isEqualTo(tickOf(1));
        }

        @Test
        void aNotificationThatIsRefusedIsLeftOut() throws Exception {
            oss.refuses = "'n':1,";
            configure("'stream':'NETCONF'," + TO_OSS);
            assertThat(oss.next()).contains("subscription-started");
            publish(1);
            publish(2);
            assertThat(oss.next()).isEqualTo(tickOf(2));
            assertThat(shown()).contains("'auspex-subscriptions:last-error':'the receiver refused a tick'");
        }
    }

    @Test
    void aReceiverGetsWhatRulesForItPermit() throws Exception {
        plant.deny("receiver:oss", "'module-name':'events'");
        configure("'stream':'NETCONF'," + TO_OSS);
        assertThat(oss.next()).contains("subscription-started");
        publish(1);
        await().untilAsserted(() -> assertThat(receiver("oss").excluded()).isEqualTo(1));
        plant.access.rules(Nacm.disabled());
        publish(2);
        assertThat(oss.next()).isEqualTo(tickOf(2));
    }

    private static String changesOf(String datastore) {
        return "'ietf-yang-push:datastore':'ietf-datastores:" + datastore + "',"
                + "'ietf-yang-push:datastore-xpath-filter':'/plant:plant','ietf-yang-push:on-change':{}," + TO_OSS;
    }

    @Test
    void changesOfADatastoreAreSentAndEverythingAgainAfterALostConnection() throws Exception {
        plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a'}]}");
        configure(changesOf("running"));
        assertThat(oss.next()).contains("subscription-started").contains("'yp:on-change'");
        assertThat(oss.next()).contains("'yp:push-update'").contains("'a'");
        plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b'}]}");
        assertThat(oss.next()).contains("'yp:push-change-update'").contains("unit=b");
        oss.away = true;
        plant.put("/plant:plant/unit[id='c']", "{'plant:unit':[{'id':'c'}]}");
        awaitState("oss", ConfiguredReceiver.State.CONNECTING);
        oss.away = false;
        assertThat(oss.next()).contains("subscription-started");
        assertThat(oss.next()).contains("'yp:push-update'").contains("'c'");
    }

    @Test
    void idsOfConfiguredAndDynamicSubscriptionsNeverMeet() throws Exception {
        assertThat(plant.establish(plant.ann, "{'stream':'NETCONF'}")
                        .subscription()
                        .id())
                .isEqualTo(2_147_483_648L);
        var path = path(TOP + "/subscription[id='2147483648']");
        plant.put(
                TOP + "/subscription[id='2147483648']",
                "{'ietf-subscribed-notifications:subscription':[{'id':2147483648,'stream':'NETCONF'," + TO_OSS + "}]}");
        var entry = (InnerNode) Trees.find(plant.datastores.running(), path).orElseThrow();
        assertThatThrownBy(() -> ConfiguredSubscriptions.check(entry, path)).hasMessageContaining("below 2147483648");
    }
}
