package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Events;
import io.auspex.notifications.LoggedEventStreams;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.Position;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A small plant whose datastores are subscribed to, with a clock that the test owns. */
final class Plant implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);

    final Events.Clock clock = new Events.Clock();
    final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    final AccessControl access = new AccessControl(Nacm.disabled(), _ -> {});
    final Heat heat = new Heat();
    final Subscriptions subscriptions;
    private final LoggedEventStreams streams;
    private final JsonReader json = new JsonReader(MODEL, InputLimits.DEFAULT);
    final Caller ann = new Caller("ann");
    final Caller bob = new Caller("bob");

    final EventStream stream;

    Plant() {
        this(null, 5);
    }

    /**
     * A plant.
     *
     * @param folder of the replay log; null for none, and few events in memory
     * @param perUser how many subscriptions a user may have
     */
    Plant(@Nullable Path folder, int perUser) {
        this(folder, perUser, Events.START);
    }

    /** @param start the time on the clock when it is opened */
    Plant(@Nullable Path folder, int perUser, Instant start) {
        clock.set(start);
        streams = Events.streams(folder, clock, folder == null ? Events.limits(16) : Events.limits(8_192));
        stream = Events.register(streams);
        datastores.provide(heat);
        datastores.provide(new Ticks());
        subscriptions = new Subscriptions(
                datastores,
                streams,
                new ModelFilters(MODEL),
                access,
                clock,
                new Subscriptions.Limits(perUser, Duration.ofMinutes(1), Duration.ofSeconds(15)));
    }

    /** A further event stream. */
    EventStream stream(String name) throws IOException {
        return streams.register(name, "Others.");
    }

    /** Someone who subscribes over a transport of both encodings. */
    record Caller(String user, List<DynamicSubscription> got) implements Subscriber {
        Caller(String user) {
            this(user, new ArrayList<>());
        }

        @Override
        public Principal principal() {
            return new Principal(user, Set.of(), "test 127.0.0.1:1");
        }

        @Override
        public Object owner() {
            return user;
        }

        @Override
        public String encoding() {
            return "encode-json";
        }

        @Override
        public Set<String> encodings() {
            return Set.of("encode-json", "encode-xml");
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

    /** State of the units, whose changes are told. */
    static final class Heat implements OperationalProvider {
        private static final SchemaNode PLANT =
                MODEL.root().child("plant", "plant").orElseThrow();
        private final TreeMap<String, Long> heats = new TreeMap<>();
        private final List<Feed> feeds = new CopyOnWriteArrayList<>();

        /** What whoever begins to hear of changes does first. */
        Callable<Boolean> whenFed = () -> true;

        synchronized void set(String unit, @Nullable Long value) throws InvalidValueException {
            if (value == null) {
                heats.remove(unit);
            } else {
                heats.put(unit, value);
            }
            var path = path("/plant:plant/unit[id='" + unit + "']");
            feeds.forEach(f -> f.changed(path));
        }

        @Override
        public Set<SchemaNode> roots() {
            return Set.of(PLANT);
        }

        @Override
        public synchronized InnerNode state(InnerNode running) {
            return NodeBuilder.node(
                    MODEL.root(),
                    root -> root.container(
                            "plant:plant",
                            plant -> heats.forEach((id, value) -> plant.entry(
                                    "unit",
                                    unit -> unit.leaf("id", id)
                                            .container(
                                                    "state",
                                                    state -> state.leaf("heat", value)
                                                            .entry("sample", s -> s.leaf("v", value))
                                                            .entry("sample", s -> s.leaf("v", value)))))));
        }

        @Override
        public boolean feeds() {
            return true;
        }

        @Override
        public AutoCloseable feed(Feed feed) {
            try {
                whenFed.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            feeds.add(feed);
            return () -> feeds.remove(feed);
        }

        int listeners() {
            return feeds.size();
        }
    }

    /** State that changes without telling. */
    private static final class Ticks implements OperationalProvider {
        @Override
        public Set<SchemaNode> roots() {
            return Set.of(MODEL.root().child("plant", "ticker").orElseThrow());
        }

        @Override
        public InnerNode state(InnerNode running) {
            return NodeBuilder.node(
                    MODEL.root(),
                    root -> root.container("plant:ticker", c -> c.leaf("ticks", System.nanoTime() & 0xffff)));
        }

        @Override
        public AutoCloseable feed(Feed feed) {
            return () -> {};
        }
    }

    /** Puts a rule in force that denies a user to read what {@code where} says, such as {@code 'module-name':'m'}; a backquote stands for a quote within. */
    void deny(String user, String where) throws YangException {
        var rules = "{'ietf-netconf-acm:nacm':{'groups':{'group':[{'name':'g','user-name':['" + user + "']}]},"
                + "'rule-list':[{'name':'l','group':['g'],'rule':[{'name':'r'," + where
                + ",'access-operations':'read','action':'deny'}]}]}}";
        access.rules(Nacm.of(
                MODEL, json.readRoot(rules.replace('\'', '"').replace('`', '\'').getBytes(UTF_8))));
    }

    private static DataPath path(String text) throws InvalidValueException {
        return InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes());
    }

    private void edit(Operation operation, String path, @Nullable String content, Position position)
            throws YangException, InvalidValueException {
        var target = path(path);
        var data = content == null ? null : json.read(content.replace('\'', '"').getBytes(UTF_8), target);
        datastores.commit(new Edit(operation, target, data, position));
    }

    void put(String path, String content) throws YangException, InvalidValueException {
        edit(Operation.REPLACE, path, content, new Position.Unchanged());
    }

    void put(String path, String content, Position position) throws YangException, InvalidValueException {
        edit(Operation.REPLACE, path, content, position);
    }

    void delete(String path) throws YangException, InvalidValueException {
        edit(Operation.DELETE, path, null, new Position.Unchanged());
    }

    interface Invocation<T> {
        T run(InnerNode input) throws YangException;
    }

    <T> T invoke(Caller caller, String module, String rpc, String content, Invocation<T> operation)
            throws YangException {
        var message = "{\"" + module + ":input\":" + content.replace('\'', '"').replace("yp:", "ietf-yang-push:") + "}";
        var input = json.readOperationInput(
                message.getBytes(UTF_8), MODEL.rpc(module, rpc).orElseThrow());
        return ScopedValue.where(Subscriber.CURRENT, caller).call(() -> operation.run(input));
    }

    /** A subscription with a receiver. */
    Taking establish(Caller caller, String content) throws YangException {
        invoke(caller, "ietf-subscribed-notifications", "establish-subscription", content, subscriptions::establish);
        var subscription = caller.got().getLast();
        return new Taking(subscription, subscription.attach(null));
    }

    /** Content that counts ids from 1, with the ids that dynamic subscriptions have. */
    private static String real(String content) {
        return Pattern.compile("(?<='id':)[0-9]+")
                .matcher(content)
                .replaceAll(id -> Long.toString(Subscriptions.FIRST_DYNAMIC - 1 + Long.parseLong(id.group())));
    }

    void modify(Caller caller, String content) throws YangException {
        invoke(caller, "ietf-subscribed-notifications", "modify-subscription", real(content), input -> {
            subscriptions.modify(input);
            return 0;
        });
    }

    void resync(Caller caller, long id) throws YangException {
        invoke(caller, "ietf-yang-push", "resync-subscription", real("{'id':" + id + "}"), input -> {
            subscriptions.resync(input);
            return 0;
        });
    }

    /** What a receiver takes, in short. */
    record Taking(DynamicSubscription subscription, DynamicSubscription.Connection connection) {
        long id() {
            return subscription.id() - Subscriptions.FIRST_DYNAMIC + 1;
        }

        /** The next notification in JSON, waited for. */
        String next() throws InterruptedException, SubscriptionEndedException {
            var deadline = System.nanoTime() + WAIT.toNanos();
            var next = connection.next(WAIT);
            while (next == null && System.nanoTime() < deadline) {
                next = connection.next(WAIT);
            }
            return next == null ? "nothing" : text(next);
        }

        /** What is there without waiting. */
        String now() throws InterruptedException, SubscriptionEndedException {
            var next = connection.next(Duration.ZERO);
            return next == null ? "nothing" : text(next);
        }

        private String text(Outgoing next) {
            return Plant.text(
                    next.notification().content(), subscription.encoding().equals("encode-xml"));
        }
    }

    private static final Pattern DYNAMIC_ID = Pattern.compile("(?<='id':|<id>)2147[0-9]{6}");

    /** What a notification says of the modules, which ModuleVersionsTest is about. */
    private static final Pattern MODULES = Pattern.compile("(,'ietf-yang-push-revision:module-version':\\[.*?])?"
            + ",'ietf-yang-push-revision:yang-library-content-id':'[0-9a-f]+'"
            + "|(<module-version xmlns.*</module-version>)?<yang-library-content-id.*</yang-library-content-id>");

    /** A node in short, without what it says of modules; the ids of dynamic subscriptions are counted from 1. */
    static String text(DataNode node, boolean xml) {
        return MODULES.matcher(whole(node, xml)).replaceAll("");
    }

    /** As {@link #text}, with all. */
    static String whole(DataNode node, boolean xml) {
        var out = new ByteArrayOutputStream();
        try {
            if (xml) {
                XmlWriter.write(node, out, XmlOptions.COMPACT);
            } else {
                JsonWriter.write(node, out, JsonOptions.COMPACT);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return DYNAMIC_ID
                .matcher(out.toString(UTF_8).replace('"', '\'').replace("ietf-yang-push:", "yp:"))
                .replaceAll(id -> Long.toString(Long.parseLong(id.group()) - Subscriptions.FIRST_DYNAMIC + 1));
    }

    @Override
    public void close() throws IOException {
        streams.close();
        datastores.close();
    }
}
