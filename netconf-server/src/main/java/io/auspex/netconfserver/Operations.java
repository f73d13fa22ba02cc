package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;

import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfserver.operation.ConfigParser;
import io.auspex.netconfserver.operation.Filter;
import io.auspex.netconfserver.operation.NetconfOperation;
import io.auspex.netconfserver.operation.NetconfOperation.CancelCommit;
import io.auspex.netconfserver.operation.NetconfOperation.CloseSession;
import io.auspex.netconfserver.operation.NetconfOperation.Commit;
import io.auspex.netconfserver.operation.NetconfOperation.CopyConfig;
import io.auspex.netconfserver.operation.NetconfOperation.CreateSubscription;
import io.auspex.netconfserver.operation.NetconfOperation.DeleteConfig;
import io.auspex.netconfserver.operation.NetconfOperation.DiscardChanges;
import io.auspex.netconfserver.operation.NetconfOperation.EditConfig;
import io.auspex.netconfserver.operation.NetconfOperation.EditData;
import io.auspex.netconfserver.operation.NetconfOperation.EditFromUrl;
import io.auspex.netconfserver.operation.NetconfOperation.ErrorOption;
import io.auspex.netconfserver.operation.NetconfOperation.Get;
import io.auspex.netconfserver.operation.NetconfOperation.GetConfig;
import io.auspex.netconfserver.operation.NetconfOperation.GetData;
import io.auspex.netconfserver.operation.NetconfOperation.GetSchema;
import io.auspex.netconfserver.operation.NetconfOperation.Invoke;
import io.auspex.netconfserver.operation.NetconfOperation.KillSession;
import io.auspex.netconfserver.operation.NetconfOperation.Lock;
import io.auspex.netconfserver.operation.NetconfOperation.PartialLock;
import io.auspex.netconfserver.operation.NetconfOperation.PartialUnlock;
import io.auspex.netconfserver.operation.NetconfOperation.Source;
import io.auspex.netconfserver.operation.NetconfOperation.TestOption;
import io.auspex.netconfserver.operation.NetconfOperation.Unlock;
import io.auspex.netconfserver.operation.NetconfOperation.Update;
import io.auspex.netconfserver.operation.NetconfOperation.Validate;
import io.auspex.netconfserver.operation.OperationParser;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Does operations, all of them by asking {@link Management}; knows no transport. */
final class Operations {
    private final Management management;
    private final NetconfSessions sessions;
    private final UrlStore urls;
    private final Reads reads;
    private final Edits edits;
    private final Copies copies;
    private final ConfigParser configs;
    private final OperationParser parser;

    Operations(Management management, NetconfSessions sessions, UrlStore urls) {
        this.management = management;
        this.sessions = sessions;
        this.urls = urls;
        this.configs = new ConfigParser(management.model());
        this.reads = new Reads(management);
        this.edits = new Edits(management);
        this.copies = new Copies(management, reads, urls, configs);
        this.parser = new OperationParser(management.model(), configs);
    }

    /** Reads an operation that its caller may invoke (RFC 8341 §3.4.4: close-session is for all). */
    NetconfOperation parse(XMLStreamReader in, MessageHead head, Principal caller)
            throws XMLStreamException, YangException {
        return parser.parse(
                in,
                head,
                rpc -> ScopedValue.where(Principal.CURRENT, caller).<Void, YangException>call(() -> {
                    management.checkInvoke(rpc);
                    return null;
                }));
    }

    /** Called with the caller bound as {@link io.auspex.access.Principal#CURRENT}. */
    Reply execute(NetconfOperation operation, NetconfSession session) throws YangException {
        var rpc = own(operation);
        var reply = reply(operation, session);
        if (operation.isNoted() && !(reply instanceof Reply.Failed)) {
            rpc.ifPresent(management::invoked);
        }
        return reply;
    }

    private Reply reply(NetconfOperation operation, NetconfSession session) throws YangException {
        return switch (operation) {
            case Get(var filter, var defaults) ->
                reads.read(DatastoreName.OPERATIONAL, Content.ALL, filter, defaults, null);
            case GetConfig(var source, var filter, var defaults, var txids) ->
                reads.read(source, Content.CONFIG, filter, defaults, txids);
            case EditConfig edit -> edits.edit(edit);
            case EditData(var datastore, var content, var known, var told) ->
                edits.edit(new EditConfig(datastore, TestOption.SET, ErrorOption.ROLLBACK, content, known, told));
            case EditFromUrl edit ->
                edits.edit(new EditConfig(
                        edit.target(),
                        edit.test(),
                        edit.onError(),
                        configs.edits(urls.get(edit.url()), edit.defaultOperation()),
                        Map.of(),
                        null));
            case GetData get -> reads.data(get);
            case Lock(var target) -> done(() -> management.control().lock(target));
            case Unlock(var target) -> done(() -> management.control().unlock(target));
            case Update(var resolution) -> done(() -> management.control().update(resolution));
            case DiscardChanges() -> done(management.control()::discardChanges);
            case Commit commit -> edits.commit(commit);
            case CancelCommit(var persistId) -> done(() -> management.control().cancelCommit(persistId));
            case Validate(Source.Of(var datastore)) ->
                done(() -> management.control().validate(datastore));
            case Validate(Source.Inline(var configuration)) ->
                done(() -> management.control().validate(configuration));
            case Validate(Source.Url(var url)) -> {
                management.control().validate(copies.configuration(url));
                yield new Reply.Ok();
            }
            case CopyConfig copy -> copies.copy(copy);
            case DeleteConfig(var url) -> done(() -> urls.delete(url));
            case PartialLock lock -> lock(lock);
            case PartialUnlock(var lock) -> done(() -> management.control().unlockParts(lock));
            case CloseSession() -> new Reply.Farewell();
            case KillSession(var id) -> kill(id, session);
            case GetSchema get -> schema(get);
            case CreateSubscription create -> subscribe(create, session);
            case Invoke(var rpc, var target, var input) -> {
                var output = ScopedValue.where(Subscriber.CURRENT, new SessionSubscriber(session))
                        .call(() -> management.invoke(rpc, target, input));
                yield output == null
                        ? new Reply.Ok()
                        : new Reply.Content(out -> Reads.children(out, output, XmlOptions.COMPACT));
            }
        };
    }

    /**
     * The rpc of an operation of the protocol itself; operations of modules are noted where they are done.
     */
    private Optional<SchemaNode> own(NetconfOperation operation) throws YangException {
        if (operation instanceof Invoke) {
            return Optional.empty();
        }
        var rpc = management.model().rpc(operation.module(), operation.name());
        if (rpc.isEmpty()) {
            throw OperationParser.unsupported(operation.name());
        }
        return rpc;
    }

    /** Something to do that returns nothing. */
    @FunctionalInterface
    private interface Action {
        void run() throws YangException;
    }

    private static Reply done(Action action) throws YangException {
        action.run();
        return new Reply.Ok();
    }

    private Reply lock(PartialLock lock) throws YangException {
        var root = Reads.root(reads.whole(DatastoreName.RUNNING, Content.CONFIG, WithDefaults.EXPLICIT, false));
        var nodes = new LinkedHashSet<DataPath>();
        for (var select : lock.select()) {
            nodes.addAll(select.paths(root, management.model()));
        }
        if (nodes.isEmpty()) {
            throw new YangException(
                    YangError.of(Failure.INVALID_CONFIGURATION, "partial-lock: nothing is selected in running")
                            .withAppTag("no-matches"));
        }
        var held = management
                .control()
                .lockParts(lock.select().stream().map(Filter.XPath::expression).toList(), List.copyOf(nodes));
        var output = management
                .model()
                .rpc(lock.module(), lock.name())
                .flatMap(r -> r.child("output"))
                .orElseThrow();
        var reply = NodeBuilder.node(output, o -> {
            o.leaf("lock-id", held.id());
            held.nodes().forEach(n -> o.value("locked-node", n));
        });
        return new Reply.Content(out -> Reads.children(out, reply, XmlOptions.COMPACT));
    }

    private Reply kill(long id, NetconfSession caller) throws YangException {
        if (id == caller.id()) {
            throw invalid("kill-session: a session does not kill itself, that is what close-session is for");
        }
        var target = sessions.find(id).orElseThrow(() -> invalid("kill-session: there is no session " + id));
        target.close(new SessionEnd(SessionEnd.Reason.KILLED, "killed by session " + caller.id(), caller.id()));
        return new Reply.Ok();
    }

    private Reply subscribe(CreateSubscription create, NetconfSession session) throws YangException {
        session.feeds().check(SessionFeeds.Kind.CREATED);
        var start = create.startTime();
        if (start != null && start.isAfter(sessions.now())) {
            throw new YangException(
                    YangError.of(Failure.BAD_ELEMENT, "create-subscription: startTime " + start + " is in the future")
                            .withInfo(ErrorInfo.badElement("startTime")));
        }
        var model = management.model();
        var filterNode = model.rpc("notifications", "create-subscription")
                .flatMap(r -> r.child("input"))
                .flatMap(i -> i.child("filter"))
                .orElseThrow();
        var filter = new EventFilter(model, filterNode).of(create.filter());
        var subscription = management.subscribe(create.stream(), filter, create.startTime(), create.stopTime());
        session.feeds().add(SessionFeeds.Kind.CREATED, new EventFeed(subscription, session));
        return new Reply.Ok();
    }

    private static YangException invalid(String message) {
        return new YangException(YangError.of(Failure.BAD_PARAMETER, message)
                .withType(ErrorType.PROTOCOL)
                .withInfo(ErrorInfo.badElement("session-id")));
    }

    private Reply schema(GetSchema get) throws YangException {
        var model = management.model();
        var found = model.text(get.identifier());
        var version = get.version();
        if (found.isEmpty()
                || !get.format().equals("yang")
                || (version != null && !version.equals(versionOf(get.identifier())))) {
            throw new YangException(
                    YangError.of(Failure.BAD_PARAMETER, "get-schema: no such schema in that version and format")
                            .withType(ErrorType.APPLICATION));
        }
        return new Reply.Content(out -> text(out, found.get()));
    }

    private String versionOf(String identifier) {
        var model = management.model();
        for (var module : model.modules()) {
            if (module.name().equals(identifier)) {
                return module.revision() == null ? "" : module.revision();
            }
            var part = model.submodules(module.name()).get(identifier);
            if (part != null) {
                return part;
            }
        }
        return "";
    }

    private static void text(OutputStream out, String schema) throws IOException {
        var xml = new Utf8Xml(out);
        xml.start("data");
        xml.namespace("", MONITORING);
        xml.text(schema);
        xml.end("data");
        xml.flush();
    }

    void countRpc() {
        sessions.counters.inRpcs.increment();
    }

    void countBad() {
        sessions.counters.inBadRpcs.increment();
    }

    void countError() {
        sessions.counters.outRpcErrors.increment();
    }
}
