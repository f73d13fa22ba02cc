package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.EditRequest;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfserver.NetconfOperation.CancelCommit;
import io.auspex.netconfserver.NetconfOperation.CloseSession;
import io.auspex.netconfserver.NetconfOperation.Commit;
import io.auspex.netconfserver.NetconfOperation.CopyConfig;
import io.auspex.netconfserver.NetconfOperation.CreateSubscription;
import io.auspex.netconfserver.NetconfOperation.DiscardChanges;
import io.auspex.netconfserver.NetconfOperation.EditConfig;
import io.auspex.netconfserver.NetconfOperation.EditData;
import io.auspex.netconfserver.NetconfOperation.Get;
import io.auspex.netconfserver.NetconfOperation.GetConfig;
import io.auspex.netconfserver.NetconfOperation.GetData;
import io.auspex.netconfserver.NetconfOperation.GetSchema;
import io.auspex.netconfserver.NetconfOperation.Invoke;
import io.auspex.netconfserver.NetconfOperation.KillSession;
import io.auspex.netconfserver.NetconfOperation.Lock;
import io.auspex.netconfserver.NetconfOperation.Source;
import io.auspex.netconfserver.NetconfOperation.TestOption;
import io.auspex.netconfserver.NetconfOperation.Unlock;
import io.auspex.netconfserver.NetconfOperation.Validate;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    private final OperationParser parser;

    Operations(Management management, NetconfSessions sessions) {
        this.management = management;
        this.sessions = sessions;
        this.parser = new OperationParser(management.model());
    }

    NetconfOperation parse(XMLStreamReader in, MessageHead head) throws XMLStreamException, YangException {
        return parser.parse(in, head);
    }

    /** Called with the caller bound as {@link io.auspex.access.Principal#CURRENT}. */
    Reply execute(NetconfOperation operation, NetconfSession session) throws YangException {
        checkAccess(operation);
        return switch (operation) {
            case Get(var filter, var defaults) -> read(DatastoreName.OPERATIONAL, Content.ALL, filter, defaults);
            case GetConfig(var source, var filter, var defaults) -> read(source, Content.CONFIG, filter, defaults);
            case EditConfig edit -> edit(edit);
            case EditData(var datastore, var edits) -> edit(new EditConfig(datastore, TestOption.SET, edits));
            case GetData get -> data(get);
            case Lock(var target) -> done(() -> management.control().lock(target));
            case Unlock(var target) -> done(() -> management.control().unlock(target));
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
            case CopyConfig copy -> copy(copy);
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

    /** The rule of RFC 8341 §3.4.4: close-session is for everybody; operations of modules are checked where they are done. */
    private void checkAccess(NetconfOperation operation) throws YangException {
        if (!(operation instanceof CloseSession) && !(operation instanceof Invoke)) {
            var rpc = management
                    .model()
                    .rpc(operation.module(), operation.name())
                    .orElseThrow(() -> OperationParser.unsupported(operation.name()));
            management.checkInvoke(rpc);
        }
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
        switch (copy.source()) {
            case Source.Of(var source) -> {
                if (source == copy.target()) {
                    throw new YangException(Failure.INVALID_VALUE, "copy-config: source and target are both " + source);
                }
                management.control().copy(source, copy.target());
            }
            case Source.Inline(var configuration) -> {
                var root = DataPath.root(management.model().root());
                management.edit(new EditRequest(
                        copy.target(), List.of(new Edit(Operation.REPLACE, root, configuration)), null));
            }
        }
        return new Reply.Ok();
    }

    private Reply read(DatastoreName datastore, Content content, Filter filter, WithDefaults defaults)
            throws YangException {
        return read(datastore, content, filter, Integer.MAX_VALUE, defaults, DATA_START);
    }

    /** The top-level nodes are of depth 1 in RFC 8526, where the root is in a {@link ReadRequest}. */
    private Reply data(GetData get) throws YangException {
        var depth = get.maxDepth() == Integer.MAX_VALUE ? Integer.MAX_VALUE : get.maxDepth() + 1;
        return read(get.datastore(), get.content(), get.filter(), depth, get.defaults(), NMDA_DATA_START);
    }

    private Reply read(
            DatastoreName datastore, Content content, Filter filter, int depth, WithDefaults defaults, byte[] start)
            throws YangException {
        var model = management.model();
        var request = new ReadRequest(datastore, DataPath.root(model.root()), content, depth, null, defaults);
        var result = management.read(request);
        var root = (InnerNode) result.node();
        var part = switch (filter) {
            case Filter.None() -> root;
            case Filter.Subtree subtree -> subtree.of(root, model);
            case Filter.XPath xpath -> xpath.of(root, model);
        };
        return new Reply.Content(out -> {
            out.write(start);
            children(out, part, XmlOptions.COMPACT.with(result.annotations()));
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
        if (!edit.edits().isEmpty() && edit.test() != TestOption.TEST_ONLY) {
            management.edit(new EditRequest(edit.target(), edit.edits(), null));
        }
        return new Reply.Ok();
    }

    private Reply kill(long id, NetconfSession caller) throws YangException {
        if (id == caller.id()) {
            throw invalid("kill-session: a session does not kill itself, that is what close-session is for");
        }
        var target = sessions.find(id).orElseThrow(() -> invalid("kill-session: there is no session " + id));
        target.close("killed by session " + caller.id());
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
