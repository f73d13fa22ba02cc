package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.MODEL;
import static io.auspex.notifications.Events.START;
import static io.auspex.notifications.Events.tick;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.notifications.EventFilters;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Events;
import io.auspex.notifications.LoggedEventStreams;
import io.auspex.notifications.Notification;
import io.auspex.notifications.StreamLimits;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dynamic subscriptions (RFC 8639 §2.4, §2.7; hostile input A116 to A118). */
class SubscriptionsTest {
    private static final long FIRST = Subscriptions.FIRST_DYNAMIC;

    @TempDir
    Path directory;

    private final Events.Clock clock = new Events.Clock();
    private final JsonReader json = new JsonReader(MODEL, InputLimits.DEFAULT);
    private final AccessControl access = new AccessControl(Nacm.disabled(), e -> {});
    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private LoggedEventStreams streams;
    private EventStream stream;
    private Subscriptions subscriptions;

    /** Filters that compare the number of a tick, since the real ones are not of this module. */
    private static final class NumberFilters implements EventFilters {
        @Override
        public Predicate<Notification> xpath(String expression) throws YangException {
            if (!expression.matches("[0-9]+")) {
                throw new YangException(Failure.INVALID_VALUE, "'" + expression + "' is no number");
            }
            return n -> Events.n(n) >= Long.parseLong(expression);
        }

        @Override
        public Predicate<Notification> subtree(OpaqueNode filter) {
            return n -> filter.content().contains("\"" + Events.n(n) + "\"");
        }
    }

    private record Caller(String user, Object owner, List<DynamicSubscription> got) implements Subscriber {
        @Override
        public Principal principal() {
            return new Principal(user, Set.of(), "test 127.0.0.1:1");
        }

        @Override
        public String encoding() {
            return "encode-json";
        }

        @Override
        public Set<String> encodings() {
            return Set.of("encode-json");
        }

        @Override
        public Optional<String> uri(long id) {
            return Optional.of("/subscriptions/" + id);
        }

        @Override
        public void established(DynamicSubscription subscription) {
            got.add(subscription);
        }
    }

    private final Map<DynamicSubscription, DynamicSubscription.Connection> connections = new HashMap<>();
    private final Caller ann = new Caller("ann", "ann", new ArrayList<>());
    private final Caller bob = new Caller("bob", "bob", new ArrayList<>());

    SubscriptionsTest() {
        streams = Events.streams(null, clock, Events.limits(16));
        stream = Events.register(streams);
        subscriptions = subscriptions();
    }

    private Subscriptions subscriptions() {
        return new Subscriptions(
                datastores,
                streams,
                new NumberFilters(),
                access,
                clock,
                new Subscriptions.Limits(3, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }

    @BeforeEach
    void withLog() throws Exception {
        streams.close();
        streams = Events.streams(directory, clock, new StreamLimits(16, 16, 100, Duration.ofDays(1), 1 << 20));
        stream = Events.register(streams);
        subscriptions = subscriptions();
    }

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private interface Invocation<T> {
        T run() throws YangException;
    }

    private static <T> T as(Caller caller, Invocation<T> operation) throws YangException {
        return ScopedValue.where(Subscriber.CURRENT, caller).call(operation::run);
    }

    private InnerNode input(String rpc, String content) throws YangException {
        var message = "{\"ietf-subscribed-notifications:input\":" + content.replace('\'', '"') + "}";
        return json.readOperationInput(
                message.getBytes(UTF_8),
                MODEL.rpc("ietf-subscribed-notifications", rpc).orElseThrow());
    }

    private DynamicSubscription establish(Caller caller, String content) throws YangException {
        var input = input("establish-subscription", content);
        as(caller, () -> subscriptions.establish(input));
        return caller.got().getLast();
    }

    private void modify(Caller caller, String content) throws YangException {
        var input = input("modify-subscription", content);
        as(caller, () -> {
            subscriptions.modify(input);
            return 0;
        });
    }

    private void delete(Caller caller, long id) throws YangException {
        var input = input("delete-subscription", "{'id':" + id + "}");
        as(caller, () -> {
            subscriptions.delete(input);
            return 0;
        });
    }

    private void publish(int from, int to) {
        for (var i = from; i <= to; i++) {
            stream.publish(tick(clock.instant(), i));
        }
    }

    private static String text(DataNode node) {
        var out = new ByteArrayOutputStream();
        try {
            JsonWriter.write(node, out, JsonOptions.COMPACT);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(UTF_8).replace('"', '\'').replace("ietf-subscribed-notifications:", "sn:");
    }

    private static DynamicSubscription.Connection connected(DynamicSubscription subscription) {
        try {
            return subscription.attach(null);
        } catch (YangException e) {
            throw new AssertionError(e);
        }
    }

    /** What is to be sent now: numbers of ticks, and the notifications about the subscription. */
    private List<String> sent(DynamicSubscription subscription) throws InterruptedException {
        var all = new ArrayList<String>();
        try {
            var connection = connections.computeIfAbsent(subscription, SubscriptionsTest::connected);
            for (var one = connection.next(Duration.ZERO); one != null; one = connection.next(Duration.ZERO)) {
                var content = one.notification().content();
                all.add(content.schema().name().equals("tick") ? "" + Events.n(one.notification()) : text(content));
            }
        } catch (SubscriptionEndedException e) {
            all.add("end " + e.reason());
        }
        return all;
    }

    @Test
    void theReplyHasIdAndUriAndEventsFollow() throws Exception {
        var input = input("establish-subscription", "{'stream':'NETCONF'}");
        var output = as(ann, () -> subscriptions.establish(input));
        assertThat(text(output))
                .isEqualTo(
                        "{'sn:output':{'id':2147483648,'ietf-restconf-subscribed-notifications:uri':'/subscriptions/2147483648'}}");
        publish(1, 3);
        assertThat(sent(ann.got().getFirst())).containsExactly("1", "2", "3");
    }

    @Test
    void aFilterHoldsAndIsModifiedByItsOwner() throws Exception {
        var subscription = establish(ann, "{'stream':'NETCONF','stream-xpath-filter':'3'}");
        publish(1, 4);
        assertThat(sent(subscription)).containsExactly("3", "4");
        modify(ann, "{'id':2147483648,'stream-xpath-filter':'6'}");
        publish(5, 7);
        assertThat(sent(subscription)).containsExactly("6", "7");
        assertThat(subscription.sent()).isEqualTo(4);
        assertThat(subscription.excluded()).isEqualTo(3);
    }

    @Test
    void aReplayIsMarkedWhenItIsComplete() throws Exception {
        publish(1, 2);
        clock.pass(Duration.ofSeconds(5));
        var subscription = establish(ann, "{'stream':'NETCONF','replay-start-time':'" + START.minusSeconds(1) + "'}");
        publish(3, 3);
        assertThat(sent(subscription)).containsExactly("1", "2", "{'sn:replay-completed':{'id':2147483648}}", "3");
    }

    @Test
    void aReplayThatBeginsBeforeTheLogIsRevised() throws Exception {
        var input = input("establish-subscription", "{'stream':'NETCONF','replay-start-time':'2020-01-01T00:00:00Z'}");
        clock.pass(Duration.ofSeconds(1));
        assertThat(text(as(ann, () -> subscriptions.establish(input))))
                .contains("'replay-start-time-revision':'2026-11-21T10:00:00Z'");
    }

    @Test
    void theStopTimeEndsItAndMayBeModified() throws Exception {
        var subscription = establish(ann, "{'stream':'NETCONF','stop-time':'" + START.plusSeconds(10) + "'}");
        modify(ann, "{'id':2147483648,'stop-time':'" + START.plusSeconds(20) + "'}");
        clock.pass(Duration.ofSeconds(15));
        publish(1, 1);
        assertThat(sent(subscription)).containsExactly("1");
        clock.pass(Duration.ofSeconds(6));
        assertThat(sent(subscription))
                .containsExactly("{'sn:subscription-completed':{'id':2147483648}}", "end COMPLETED");
        assertThat(subscriptions.list().all()).isEmpty();
    }

    @Test
    void itsOwnerDeletesItWithoutBeingToldAgain() throws Exception {
        var subscription = establish(ann, "{'stream':'NETCONF'}");
        assertThat(sent(subscription)).isEmpty();
        delete(ann, FIRST);
        assertThat(sent(subscription)).containsExactly("end CLOSED");
    }

    @Test
    void someoneElsesSubscriptionIsUnknown() throws Exception {
        establish(ann, "{'stream':'NETCONF'}");
        for (var id : new long[] {FIRST, 7}) {
            assertThatThrownBy(() -> delete(bob, id))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().appTag())
                                    .isEqualTo("ietf-subscribed-notifications:no-such-subscription"))
                    .hasMessage("there is no subscription " + id + " of this subscriber");
            assertThatThrownBy(() -> modify(bob, "{'id':" + id + ",'stop-time':'2030-01-01T00:00:00Z'}"))
                    .isInstanceOf(YangException.class);
            assertThatThrownBy(() -> subscriptions.attach(bob.principal(), id, null))
                    .isInstanceOf(YangException.class);
        }
        assertThat(subscriptions.list().all()).hasSize(1);
    }

    @Test
    void aKilledSubscriptionTellsItsReceiverWhileItWaits() throws Exception {
        var subscription = establish(ann, "{'stream':'NETCONF'}");
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var connection = connected(subscription);
            connections.put(subscription, connection);
            var waiting = tasks.submit(() -> connection.next(Duration.ofSeconds(30)));
            await().until(connection::isWaiting);
            subscriptions.kill(input("kill-subscription", "{'id':2147483648}"));
            var told = waiting.get();
            assertThat(told)
                    .isNotNull()
                    .satisfies(
                            n -> assertThat(text(n.notification().content()))
                                    .isEqualTo(
                                            "{'sn:subscription-terminated':{'id':2147483648,'reason':'sn:no-such-subscription'}}"));
        }
        assertThat(sent(subscription)).containsExactly("end CLOSED");
        assertThatThrownBy(() -> subscriptions.kill(input("kill-subscription", "{'id':2147483648}")))
                .isInstanceOf(YangException.class);
    }

    @Test
    void oneThatDoesNotKeepUpIsSuspendedAndGoesOnWithWhatIsNew() throws Exception {
        var slow = establish(ann, "{'stream':'NETCONF'}");
        var fast = establish(bob, "{'stream':'NETCONF'}");
        connections.put(slow, connected(slow));
        publish(1, 10);
        assertThat(sent(fast)).hasSize(10);
        publish(11, 20);
        assertThat(sent(fast)).hasSize(10);
        subscriptions.lookAfter();
        assertThat(slow.state()).isEqualTo("suspended");
        assertThat(fast.state()).isEqualTo("active");
        assertThat(sent(slow))
                .containsExactly(
                        "{'sn:subscription-suspended':{'id':2147483648,'reason':'sn:unsupportable-volume'}}",
                        "{'sn:subscription-resumed':{'id':2147483648}}");
        publish(21, 21);
        assertThat(sent(slow)).containsExactly("21");
    }

    @Test
    void oneThatIsSuspendedAndModifiedIsActiveAgain() throws Exception {
        var slow = establish(ann, "{'stream':'NETCONF'}");
        connections.put(slow, connected(slow));
        publish(1, 20);
        subscriptions.lookAfter();
        modify(ann, "{'id':2147483648,'stream-xpath-filter':'22'}");
        assertThat(slow.state()).isEqualTo("active");
        publish(21, 22);
        assertThat(sent(slow))
                .containsExactly(
                        "{'sn:subscription-suspended':{'id':2147483648,'reason':'sn:unsupportable-volume'}}", "22");
    }

    @Test
    void oneThatIsSuspendedForTooLongIsTerminated() throws Exception {
        var slow = establish(ann, "{'stream':'NETCONF'}");
        connections.put(slow, connected(slow));
        publish(1, 30);
        subscriptions.lookAfter();
        clock.pass(Duration.ofSeconds(61));
        subscriptions.lookAfter();
        assertThat(sent(slow))
                .containsExactly(
                        "{'sn:subscription-suspended':{'id':2147483648,'reason':'sn:unsupportable-volume'}}",
                        "{'sn:subscription-terminated':{'id':2147483648,'reason':'sn:suspension-timeout'}}",
                        "end CLOSED");
        assertThat(subscriptions.list().all()).isEmpty();
    }

    @Test
    void oneThatNobodyComesForIsGoneAfterAWhile() throws Exception {
        establish(ann, "{'stream':'NETCONF'}");
        var taken = establish(ann, "{'stream':'NETCONF'}");
        assertThat(subscriptions.attach(ann.principal(), FIRST + 1, null).encoding())
                .isEqualTo("encode-json");
        clock.pass(Duration.ofSeconds(61));
        subscriptions.lookAfter();
        assertThat(subscriptions.list().all()).containsExactly(taken);
        assertThatThrownBy(() -> subscriptions.attach(ann.principal(), FIRST + 1, null))
                .hasMessage("subscription 2147483649 is being received already");
        delete(ann, FIRST + 1);
        assertThat(subscriptions.list().all()).isEmpty();
    }

    @Test
    void accessIsCheckedPerEventWithTheRulesOfThatMoment() throws Exception {
        var subscription = establish(ann, "{'stream':'NETCONF'}");
        publish(1, 1);
        assertThat(sent(subscription)).containsExactly("1");
        publish(2, 2);
        access.rules(Nacm.of(
                MODEL, json.readRoot("{\"ietf-netconf-acm:nacm\":{\"read-default\":\"deny\"}}".getBytes(UTF_8))));
        assertThat(sent(subscription)).isEmpty();
        assertThat(access.deniedNotifications()).isEqualTo(1);
        access.rules(Nacm.disabled());
        publish(3, 3);
        assertThat(sent(subscription)).containsExactly("3");
    }

    @Test
    void aFilterByNameFollowsTheConfiguration() throws Exception {
        filter("2");
        var subscription = establish(ann, "{'stream':'NETCONF','stream-filter-name':'big'}");
        publish(1, 2);
        assertThat(sent(subscription)).containsExactly("2");
        filter("5");
        subscriptions.filtersChanged();
        publish(4, 5);
        assertThat(sent(subscription))
                .containsExactly(
                        "{'sn:subscription-modified':{'id':2147483648,'encoding':'sn:encode-json','stream-xpath-filter':'5','stream':'NETCONF',"
                                + "'ietf-yang-push-revision:yang-library-content-id':'" + MODEL.contentId() + "'}}",
                        "5");
        datastores.commit(new Edit(Operation.REMOVE, DataPath.root(MODEL.root()), null));
        subscriptions.filtersChanged();
        assertThat(sent(subscription))
                .containsExactly(
                        "{'sn:subscription-terminated':{'id':2147483648,'reason':'sn:filter-unavailable'}}",
                        "end CLOSED");
    }

    private void filter(String expression) throws YangException {
        var filters = json.readRoot(("{\"ietf-subscribed-notifications:filters\":{\"stream-filter\":[{\"name\":\"big\","
                        + "\"stream-xpath-filter\":\"" + expression + "\"}]}}")
                .getBytes(UTF_8));
        datastores.commit(new Edit(Operation.REPLACE, DataPath.root(MODEL.root()), filters));
    }

    @Test
    void whatCannotBeEstablishedIsRefusedWithItsReason() throws Exception {
        refused("{'stream':'nosuch'}", "there is no event stream 'nosuch'", null);
        refused("{'stream':'NETCONF','stream-xpath-filter':'[['}", "'[[' is no number", "filter-unsupported");
        refused(
                "{'stream':'NETCONF','encoding':'encode-xml'}",
                "encoding 'encode-xml' is not offered here, but [encode-json]",
                "encoding-unsupported");
        refused(
                "{'stream':'NETCONF','stop-time':'2001-01-01T00:00:00Z'}",
                "stop-time 2001-01-01T00:00:00Z is not in the future; now is 2026-11-21T10:00:00Z",
                null);
        refused(
                "{'stream':'NETCONF','replay-start-time':'2999-01-01T00:00:00Z'}",
                "start-time 2999-01-01T00:00:00Z is in the future; now is 2026-11-21T10:00:00Z",
                null);
        assertThat(subscriptions.list().all()).isEmpty();
        var input = input("establish-subscription", "{'stream':'NETCONF'}");
        assertThatThrownBy(() -> subscriptions.establish(input))
                .hasMessage("no subscription can be established over this transport");
    }

    private void refused(String content, String message, @org.jspecify.annotations.Nullable String identity) {
        assertThatThrownBy(() -> establish(ann, content))
                .isInstanceOfSatisfying(
                        YangException.class,
                        e -> assertThat(e.first().appTag())
                                .isEqualTo(identity == null ? null : "ietf-subscribed-notifications:" + identity))
                .hasMessage(message);
    }

    /** RFC 7950 §8.3.1. */
    @ParameterizedTest
    @ValueSource(strings = {"dscp", "weighting", "dependency"})
    void aLeafOfAFeatureThatIsNotSupportedIsUnknown(String leaf) {
        assertThatThrownBy(() -> establish(ann, "{'stream':'NETCONF','" + leaf + "':8}"))
                .isInstanceOfSatisfying(
                        YangException.class, e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.UNKNOWN_ELEMENT));
    }

    /** RFC 7950 §15.5; so it is for a filter that the subscriber may not read. */
    @Test
    void aFilterThatDoesNotExistIsNoInstance() {
        assertThatThrownBy(() -> establish(ann, "{'stream':'NETCONF','stream-filter-name':'x'}"))
                .isInstanceOfSatisfying(YangException.class, e -> {
                    assertThat(e.first().tag()).isEqualTo(ErrorTag.DATA_MISSING);
                    assertThat(e.first().appTag()).isEqualTo("instance-required");
                    assertThat(e.first().path())
                            .hasToString(
                                    "/ietf-subscribed-notifications:establish-subscription/input/stream-filter-name");
                });
    }

    @Test
    void aUserHasABoundedNumberOfThem() throws Exception {
        for (var i = 0; i < 3; i++) {
            establish(ann, "{'stream':'NETCONF'}");
        }
        refused("{'stream':'NETCONF'}", "user 'ann' has 3 subscriptions already", "insufficient-resources");
        establish(bob, "{'stream':'NETCONF'}");
        delete(ann, FIRST + 1);
        establish(ann, "{'stream':'NETCONF'}");
    }

    @Test
    void theListOfSubscriptionsShowsAllOfThemAndItsChangesAreFed() throws Exception {
        var state = new SubscriptionState(subscriptions);
        var fed = new ArrayList<String>();
        try (var _ = state.feed(p -> fed.add(p.toString()))) {
            var subscription = establish(ann, "{'stream':'NETCONF','stream-xpath-filter':'2'}");
            publish(1, 2);
            sent(subscription);
            assertThat(text(state.state(datastores.running())))
                    .isEqualTo(
                            "{'ietf-restconf:data':{'sn:streams':{'stream':[{'name':'NETCONF','description':'All events.',"
                                    + "'replay-support':[null],'replay-log-creation-time':'2026-11-21T10:00:00Z'}]},"
                                    + "'sn:subscriptions':{'subscription':[{'id':2147483648,'encoding':'sn:encode-json','stream-xpath-filter':'2','stream':'NETCONF',"
                                    + "'receivers':{'receiver':[{'name':'ann','sent-event-records':'1',"
                                    + "'excluded-event-records':'1','state':'active'}]},"
                                    + "'ietf-restconf-subscribed-notifications:uri':'/subscriptions/2147483648'}]}}}");
            delete(ann, FIRST);
        }
        establish(ann, "{'stream':'NETCONF'}");
        var path = "/ietf-subscribed-notifications:subscriptions/subscription[id='2147483648']";
        assertThat(fed).containsExactly(path, path);
    }

    @Test
    void aNotificationInTheDataTreeIsReadBelowItsParent() {
        assertThat(text(Events.flapped(START, "p1").tree()))
                .isEqualTo("{'ietf-restconf:data':{'events:ports':{'port':[{'name':'p1','flapped':{'times':3}}]}}}");
    }
}
