package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.EditRequest;
import io.auspex.management.Management;
import io.auspex.management.Projections;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.management.ReadResult;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.NetconfOperation.CancelCommit;
import io.auspex.netconfserver.NetconfOperation.CloseSession;
import io.auspex.netconfserver.NetconfOperation.Commit;
import io.auspex.netconfserver.NetconfOperation.CopyConfig;
import io.auspex.netconfserver.NetconfOperation.CreateSubscription;
import io.auspex.netconfserver.NetconfOperation.DeleteConfig;
import io.auspex.netconfserver.NetconfOperation.DiscardChanges;
import io.auspex.netconfserver.NetconfOperation.EditConfig;
import io.auspex.netconfserver.NetconfOperation.EditData;
import io.auspex.netconfserver.NetconfOperation.EditFromUrl;
import io.auspex.netconfserver.NetconfOperation.ErrorOption;
import io.auspex.netconfserver.NetconfOperation.Get;
import io.auspex.netconfserver.NetconfOperation.GetConfig;
import io.auspex.netconfserver.NetconfOperation.GetData;
import io.auspex.netconfserver.NetconfOperation.GetSchema;
import io.auspex.netconfserver.NetconfOperation.Invoke;
import io.auspex.netconfserver.NetconfOperation.KillSession;
import io.auspex.netconfserver.NetconfOperation.Lock;
import io.auspex.netconfserver.NetconfOperation.PartialLock;
import io.auspex.netconfserver.NetconfOperation.PartialUnlock;
import io.auspex.netconfserver.NetconfOperation.Source;
import io.auspex.netconfserver.NetconfOperation.Target;
import io.auspex.netconfserver.NetconfOperation.TestOption;
import io.auspex.netconfserver.NetconfOperation.Unlock;
import io.auspex.netconfserver.NetconfOperation.Update;
import io.auspex.netconfserver.NetconfOperation.Validate;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.filter.Selected;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Does operations, all of them by asking {@link Management}; knows no transport. */
final class Operations {
    private static final byte[] DATA_START = "<data>".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NMDA_DATA_START =
            ("<data xmlns=\"" + ConfigParser.NMDA + "\">").getBytes(StandardCharsets.UTF_8);
    private static final byte[] DATA_END = "</data>".getBytes(StandardCharsets.UTF_8);

    private final Management management;
    private final NetconfSessions sessions;
    private final UrlStore urls;
    private final ConfigParser configs;
    private final OperationParser parser;

    Operations(Management management, NetconfSessions sessions, UrlStore urls) {
        this.management = management;
        this.sessions = sessions;
        this.urls = urls;
        this.configs = new ConfigParser(management.model());
        this.parser = new OperationParser(management.model(), configs);
    }

    NetconfOperation parse(XMLStreamReader in, MessageHead head) throws XMLStreamException, YangException {
        return parser.parse(in, head);
    }

    /** Called with the caller bound as {@link io.auspex.access.Principal#CURRENT}. */
    Reply execute(NetconfOperation operation, NetconfSession session) throws YangException {
        var rpc = own(operation);
        if (rpc.isPresent() && !(operation instanceof CloseSession)) {
            management.checkInvoke(rpc.get());
        }
        var reply = reply(operation, session);
        if (operation.isNoted() && !(reply instanceof Reply.Failed)) {
            rpc.ifPresent(management::invoked);
        }
        return reply;
    }

    private Reply reply(NetconfOperation operation, NetconfSession session) throws YangException {
        return switch (operation) {
            case Get(var filter, var defaults) -> read(DatastoreName.OPERATIONAL, Content.ALL, filter, defaults);
            case GetConfig(var source, var filter, var defaults) -> read(source, Content.CONFIG, filter, defaults);
            case EditConfig edit -> edit(edit);
            case EditData(var datastore, var edits) ->
                edit(new EditConfig(datastore, TestOption.SET, ErrorOption.ROLLBACK, edits));
            case EditFromUrl edit ->
                edit(new EditConfig(
                        edit.target(),
                        edit.test(),
                        edit.onError(),
                        configs.edits(urls.get(edit.url()), edit.defaultOperation())));
            case GetData get -> data(get);
            case Lock(var target) -> done(() -> management.control().lock(target));
            case Unlock(var target) -> done(() -> management.control().unlock(target));
            case Update(var resolution) -> done(() -> management.control().update(resolution));
            case DiscardChanges() -> done(management.control()::discardChanges);
            case Commit(var timeout, var persist, var persistId) ->
                done(() -> {
                    if (timeout == null) {
                        management.control().commit(persistId);
                    } else {
                        management.control().commitConfirmed(timeout, persist, persistId);
                    }
                });
            case CancelCommit(var persistId) -> done(() -> management.control().cancelCommit(persistId));
            case Validate(Source.Of(var datastore)) ->
                done(() -> management.control().validate(datastore));
            case Validate(Source.Inline(var configuration)) ->
                done(() -> management.control().validate(configuration));
            case Validate(Source.Url(var url)) -> {
                management.control().validate(configuration(url));
                yield new Reply.Ok();
            }
            case CopyConfig copy -> copy(copy);
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
                        : new Reply.Content(out -> children(out, output, XmlOptions.COMPACT));
            }
        };
    }

    /**
     * The rpc of an operation of the protocol itself, whose access is checked here (RFC 8341 §3.4.4: all but close-session);
     * operations of modules are checked where they are done.
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

    private Reply copy(CopyConfig copy) throws YangException {
        switch (copy.target()) {
            case Target.Url(var url) -> urls.put(url, document(copy));
            case Target.Into(var target) -> {
                if (copy.source() instanceof Source.Of(var source)) {
                    if (source == target) {
                        throw new YangException(
                                Failure.INVALID_VALUE, "copy-config: source and target are both " + source);
                    }
                    if (isPlain(copy.defaults())) {
                        management.control().copy(source, target);
                        return new Reply.Ok();
                    }
                }
                var root = DataPath.root(management.model().root());
                var whole = new Edit(Operation.REPLACE, root, Trees.copy(content(copy)));
                management.edit(new EditRequest(target, List.of(whole), null));
            }
        }
        return new Reply.Ok();
    }

    /** Of a datastore, tags of defaults say what is not set, and what is not set is not copied (RFC 6243 §4.5.2). */
    private static boolean isPlain(WithDefaults defaults) {
        return defaults == WithDefaults.EXPLICIT || defaults == WithDefaults.REPORT_ALL_TAGGED;
    }

    private InnerNode content(CopyConfig copy) throws YangException {
        return switch (copy.source()) {
            case Source.Of(var datastore) -> root(whole(datastore, Content.CONFIG, copy.defaults(), false));
            case Source.Inline(var configuration) -> configuration;
            case Source.Url(var url) -> configuration(url);
        };
    }

    private TreeNode configuration(URI url) throws YangException {
        try {
            return configs.configuration(XmlElement.parse(urls.get(url), InputLimits.DEFAULT));
        } catch (ProtocolException e) {
            throw new YangException(Failure.INVALID_VALUE, "url: " + url + " is no configuration: " + e.getMessage());
        }
    }

    /** A configuration as it is kept outside (RFC 6241 §8.8.3). */
    private byte[] document(CopyConfig copy) throws YangException {
        var tags = Annotations.NONE;
        InnerNode content;
        if (copy.source() instanceof Source.Of(var datastore)) {
            var result = whole(datastore, Content.CONFIG, copy.defaults(), false);
            content = root(result);
            tags = result.annotations();
        } else {
            content = content(copy);
        }
        var out = new ByteArrayOutputStream();
        try {
            var xml = XmlWriter.open(out);
            xml.writeStartElement("config");
            xml.writeDefaultNamespace(BASE);
            XmlWriter.writeChildren(xml, content, XmlOptions.COMPACT.with(tags));
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new YangException(Failure.UNAVAILABLE, "copy-config: " + e.getMessage());
        }
        return out.toByteArray();
    }

    private Reply lock(PartialLock lock) throws YangException {
        var root = root(whole(DatastoreName.RUNNING, Content.CONFIG, WithDefaults.EXPLICIT, false));
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
        return new Reply.Content(out -> children(out, reply, XmlOptions.COMPACT));
    }

    private ReadResult whole(DatastoreName datastore, Content content, WithDefaults defaults, boolean withOrigin)
            throws YangException {
        return management.read(request(datastore, content, defaults, withOrigin));
    }

    private ReadRequest request(DatastoreName datastore, Content content, WithDefaults defaults, boolean withOrigin) {
        var target = DataPath.root(management.model().root());
        return new ReadRequest(datastore, target, content, Integer.MAX_VALUE, null, defaults, withOrigin);
    }

    private ReadResult ofDatastore(GetData get, boolean withOrigin) throws YangException {
        return management.read(request(get.datastore(), get.content(), get.defaults(), withOrigin)
                .withInUse(get.datastore() == DatastoreName.OPERATIONAL));
    }

    private static InnerNode root(ReadResult result) {
        return (InnerNode) result.node();
    }

    private Reply read(DatastoreName datastore, Content content, Filter filter, WithDefaults defaults)
            throws YangException {
        var result = whole(datastore, content, defaults, false);
        return reply(filtered(root(result), filter, Integer.MAX_VALUE), DATA_START, result.annotations());
    }

    private Reply data(GetData get) throws YangException {
        if (!management.datastores().contains(get.datastore())) {
            throw new YangException(
                    YangError.of(Failure.BAD_PARAMETER, "get-data: datastore " + get.datastore() + " cannot be read")
                            .withInfo(ErrorInfo.badElement("datastore")));
        }
        var result = ofDatastore(get, get.withOrigin());
        var root = root(result);
        if (get.origins() != null) {
            var told = ofDatastore(get, true);
            root = get.origins().on(root(told), told.annotations());
        }
        return reply(filtered(root, get.filter(), get.maxDepth()), NMDA_DATA_START, result.annotations());
    }

    /** @param depth levels of each node that the filter selects; without filter these are the top-level ones */
    private InnerNode filtered(InnerNode root, Filter filter, int depth) throws YangException {
        return switch (filter) {
            case Filter.None() -> new Levels(depth).children(root);
            case Filter.Subtree subtree -> subtree.of(root, management.model(), new Levels(depth));
            case Filter.XPath xpath -> xpath.of(root, management.model(), new Levels(depth));
        };
    }

    /** So many levels of each selected node, itself being the first (RFC 8526 §3.1.1, max-depth). */
    private record Levels(int depth) implements Selected {
        @Override
        public DataNode node(DataNode selected) {
            return Projections.depth(selected, depth);
        }

        @Override
        public InnerNode children(InnerNode parent) {
            return (InnerNode) Projections.depth(parent, depth == Integer.MAX_VALUE ? depth : depth + 1);
        }
    }

    private static Reply reply(InnerNode part, byte[] start, Annotations annotations) {
        return new Reply.Content(out -> {
            out.write(start);
            children(out, part, XmlOptions.COMPACT.with(annotations));
            out.write(DATA_END);
        });
    }

    private static void children(OutputStream out, InnerNode node, XmlOptions options) throws XMLStreamException {
        var xml = XmlWriter.open(out);
        XmlWriter.writeChildren(xml, node, options);
        xml.flush();
    }

    private Reply edit(EditConfig edit) throws YangException {
        if (edit.test() != TestOption.SET
                && (edit.target() == DatastoreName.CANDIDATE || edit.test() == TestOption.TEST_ONLY)) {
            management.control().test(edit.target(), edit.edits());
        }
        if (edit.edits().isEmpty() || edit.test() == TestOption.TEST_ONLY) {
            return new Reply.Ok();
        }
        try {
            management.edit(new EditRequest(edit.target(), edit.edits(), null));
            return new Reply.Ok();
        } catch (YangException e) {
            if (edit.onError() == ErrorOption.CONTINUE && edit.edits().size() > 1) {
                return editOneByOne(edit);
            }
            throw e;
        }
    }

    /** Does the edits that can be done, and names the errors of the others (RFC 6241 §7.2, continue-on-error). */
    private Reply editOneByOne(EditConfig edit) {
        var errors = new ArrayList<YangError>();
        for (var one : edit.edits()) {
            try {
                management.edit(new EditRequest(edit.target(), List.of(one), null));
            } catch (YangException e) {
                errors.addAll(e.errors());
            }
        }
        return errors.isEmpty() ? new Reply.Ok() : new Reply.Failed(errors);
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

    private static void text(OutputStream out, String schema) throws XMLStreamException {
        var xml = XmlWriter.open(out);
        xml.writeStartElement("data");
        xml.writeDefaultNamespace(MONITORING);
        xml.writeCharacters(schema);
        xml.writeEndElement();
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
