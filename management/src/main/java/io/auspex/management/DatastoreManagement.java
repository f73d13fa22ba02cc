package io.auspex.management;

import io.auspex.access.AccessControl;
import io.auspex.access.ClearTextPasswords;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.DefaultsShown;
import io.auspex.datastore.Edit;
import io.auspex.datastore.OperationalView;
import io.auspex.datastore.Versions;
import io.auspex.management.paging.PageTags;
import io.auspex.management.paging.Pages;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.Notification;
import io.auspex.notifications.Subscription;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@link Management} on the datastores of this server, its operations and its event streams. */
public final class DatastoreManagement implements Management {
    private final Datastores datastores;
    private final AccessControl access;
    private final Operations operations;
    private final ManagedSubscriptions subscriptions;
    private final CandidateControl control;
    private final ClearTextPasswords passwords;

    /** Management of datastores whose access control is what running says. */
    public DatastoreManagement(
            Datastores datastores, AccessControl access, Operations operations, EventStreams streams) {
        this(datastores, new AccessGuard(datastores.model(), access, UnaryOperator.identity()), operations, streams);
    }

    /** Management of datastores whose pending confirmed commit ends with the process. */
    public DatastoreManagement(Datastores datastores, AccessGuard guard, Operations operations, EventStreams streams) {
        this(datastores, guard, operations, streams, new CandidateControl(datastores, InstantSource.system(), null));
    }

    /** Management of datastores whose subscriptions go by the clock of the system. */
    public DatastoreManagement(
            Datastores datastores,
            AccessGuard guard,
            Operations operations,
            EventStreams streams,
            CandidateControl control) {
        this(
                datastores,
                guard,
                operations,
                ManagedSubscriptions.start(datastores, guard.access(), operations, streams, InstantSource.system()),
                control);
    }

    /** Management of datastores; from now on every commit is checked for the caller's rights. */
    public DatastoreManagement(
            Datastores datastores,
            AccessGuard guard,
            Operations operations,
            ManagedSubscriptions subscriptions,
            CandidateControl control) {
        this.control = control;
        this.datastores = datastores;
        this.access = guard.access();
        this.operations = operations;
        this.subscriptions = subscriptions;
        this.passwords = new ClearTextPasswords(datastores.model());
        datastores.listen(guard);
        CandidateOperations.register(operations, control);
    }

    @Override
    public ModelContext model() {
        return datastores.model();
    }

    @Override
    public Set<DatastoreName> datastores() {
        var all = EnumSet.allOf(DatastoreName.class);
        all.removeIf(d -> model().identity(YangLibrary.identityOf(d)).isEmpty());
        return all;
    }

    @Override
    public ReadResult read(ReadRequest request) throws YangException {
        var configuration = switch (request.datastore()) {
            case RUNNING -> datastores.running();
            case INTENDED, OPERATIONAL -> datastores.intended();
            case CANDIDATE -> control.candidate().root();
            case FACTORY_DEFAULT -> datastores.factoryDefault();
        };
        var operational = request.datastore() == DatastoreName.OPERATIONAL ? datastores.operational() : null;
        InnerNode root = operational == null ? configuration : operational;
        var target = request.target();
        var found = visible(root, target, isDefaultShown(request));
        if (found.isEmpty() && isDefaultShown(request)) {
            // in use without being there: a default, or a container for those in it (RFC 8040 §3.5.4, RFC 8342 §5.3)
            root = DefaultsShown.of(root);
            found = visible(root, target, false);
        }
        var node = found.orElseThrow(
                () -> new YangException(Failure.NO_SUCH_RESOURCE, target, target + " does not exist"));
        var shown = request.page() == null
                ? Projections.apply(node, request)
                : Pages.of(node, holder(root, target), request.page(), n -> Projections.apply(n, request));
        var annotations = annotations(request, operational);
        if (!target.schema().config() || !isVersioned(request.datastore())) {
            return new ReadResult(shown, null, null, annotations);
        }
        var version = Versions.nearest(configuration, target);
        var committed = request.datastore() == DatastoreName.CANDIDATE ? datastores.running() : configuration;
        var versions = target.isRoot() ? NodeVersions.of(configuration, committed) : null;
        return new ReadResult(shown, version, Versions.time(version), annotations, versions);
    }

    private Annotations annotations(ReadRequest request, @Nullable OperationalView operational) {
        var tags = request.defaults() == ReadRequest.WithDefaults.REPORT_ALL_TAGGED
                ? new DefaultTags(request.inUse())
                : Annotations.NONE;
        var origins = request.withOrigin() && operational != null
                ? OriginTags.at(request.target(), operational, model(), tags)
                : tags;
        return request.page() == null ? origins : new PageTags(origins);
    }

    /** The node that a target stands in, in the tree that the caller may see; null for the root. */
    private @Nullable XPathNode holder(InnerNode root, DataPath target) {
        var decisions = access.current();
        var seen = decisions.permitsAll() ? root : decisions.readable(root);
        return target.parent().flatMap(p -> XPathNode.find(seen, p)).orElse(null);
    }

    private static boolean isVersioned(DatastoreName datastore) {
        return switch (datastore) {
            case RUNNING, INTENDED, OPERATIONAL, CANDIDATE -> true;
            case FACTORY_DEFAULT -> false;
        };
    }

    /**
     * The node at a path as far as the caller may see it; a container without presence is there with its parent.
     *
     * @param withDefaults adds the defaults in use, before what is hidden is left out: it is not to be taken for absent
     */
    private Optional<DataNode> visible(InnerNode root, DataPath target, boolean withDefaults) {
        var decisions = access.current();
        var found = Trees.find(root, target).map(n -> withDefaults ? Projections.withDefaults(n, root, target) : n);
        if (decisions.permitsAll()) {
            return found;
        }
        return decisions.mayRead(target) ? found.flatMap(n -> decisions.readable(target, n)) : Optional.empty();
    }

    private static boolean isDefaultShown(ReadRequest request) {
        return switch (request.defaults()) {
            case REPORT_ALL, REPORT_ALL_TAGGED -> true;
            case EXPLICIT -> request.inUse();
            case TRIM -> false;
        };
    }

    @Override
    public boolean readsFromMemory(DataPath target) {
        if (target.isRoot()) {
            return false;
        }
        var top = target.steps().getFirst().schema();
        for (var provider : datastores.providers(top)) {
            if (!provider.inMemory()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public EditResult edit(EditRequest request) throws YangException {
        if (request.datastore() == DatastoreName.CANDIDATE) {
            return editCandidate(request);
        }
        if (request.datastore() != DatastoreName.RUNNING) {
            throw new YangException(Failure.NOT_SUPPORTED, "datastore " + request.datastore() + " cannot be edited");
        }
        var resource = request.resource();
        var precondition = request.precondition();
        var result = control.edit(hashed(request.edits()), running -> {
            if (precondition != null) {
                check(precondition, running, resource);
            }
            for (var condition : request.conditions().values()) {
                condition.check(running);
            }
        });
        var isFirstTarget = !request.edits().isEmpty()
                && resource.equals(request.edits().getFirst().target());
        var version = isFirstTarget
                ? result.version()
                : Versions.nearest(result.changes().after(), resource);
        return new EditResult(result.created(), version, Versions.time(version));
    }

    private List<Edit> hashed(List<Edit> edits) throws YangException {
        var hashed = new ArrayList<Edit>(edits.size());
        for (var edit : edits) {
            var data = edit.data();
            hashed.add(
                    data == null
                            ? edit
                            : new Edit(edit.operation(), edit.target(), passwords.hashed(data), edit.position()));
        }
        return hashed;
    }

    private EditResult editCandidate(EditRequest request) throws YangException {
        var candidate = control.candidate();
        var created = !request.edits().isEmpty()
                && Trees.find(candidate.root(), request.edits().getFirst().target())
                        .isEmpty();
        if (request.precondition() != null) {
            check(request.precondition(), candidate.root(), request.resource());
        }
        candidate.edit(hashed(request.edits()), request.conditions(), DatastoreControl.session());
        var version = Versions.nearest(candidate.root(), request.resource());
        return new EditResult(created, version, Versions.time(version));
    }

    @Override
    public DatastoreControl control() {
        return control;
    }

    private static void check(EditRequest.Precondition precondition, TreeNode running, DataPath resource)
            throws YangException {
        if (exists(running, resource)) {
            var version = Versions.nearest(running, resource);
            precondition.check(version, Versions.time(version));
        } else {
            precondition.check(null, null);
        }
    }

    private static boolean exists(TreeNode running, DataPath path) {
        var implied =
                path.schema().kind() == NodeKind.CONTAINER && !path.schema().presence();
        return Trees.find(running, path).isPresent()
                || (implied && exists(running, path.parent().orElseThrow()));
    }

    @Override
    public void checkInvoke(SchemaNode operation) throws YangException {
        access.checkInvoke(operation, null);
    }

    @Override
    public void invoked(SchemaNode operation) {
        access.invoked(operation, null);
    }

    @Override
    public @Nullable InnerNode invoke(SchemaNode operation, @Nullable DataPath target, InnerNode input)
            throws YangException {
        access.checkInvoke(operation, target);
        var handler = operations
                .handler(operation)
                .orElseThrow(() -> new YangException(
                        Failure.NOT_SUPPORTED, operation.qualifiedName() + " is not done by this server"));
        var root = datastores.operational();
        if (target != null && visible(root, target, false).isEmpty()) {
            throw new YangException(Failure.NO_SUCH_RESOURCE, target, target + " does not exist");
        }
        var at = target == null
                ? XPathNode.root(root)
                : XPathNode.find(root, target).orElseThrow();
        var output = handler.invoke(target, OperationInput.checked(input, at));
        access.invoked(operation, target);
        return output;
    }

    @Override
    public Collection<EventStream> streams() {
        return subscriptions.streams().all();
    }

    @Override
    public Subscription subscribe(
            String stream, Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException {
        return stream(stream).subscribe(permitted(filter), startTime, stopTime);
    }

    @Override
    public Subscription resume(String stream, Predicate<Notification> filter, long lastId) throws YangException {
        return stream(stream).resume(permitted(filter), lastId, null, null);
    }

    private EventStream stream(String name) throws YangException {
        var streams = subscriptions.streams();
        return streams.find(name)
                .orElseThrow(() -> new YangException(
                        Failure.NO_SUCH_RESOURCE,
                        "there is no stream '" + name + "'; there are "
                                + String.join(
                                        ", ",
                                        streams.all().stream()
                                                .map(EventStream::name)
                                                .toList())));
    }

    /** What passes a filter and may be received by the caller, asked for each event when it is taken. */
    private Predicate<Notification> permitted(Predicate<Notification> filter) throws YangException {
        if (!Principal.CURRENT.isBound()) {
            throw new YangException(Failure.ACCESS_DENIED, "nobody may subscribe");
        }
        var receiver = Principal.CURRENT.get();
        return event -> access.mayReceive(
                        receiver, event.content().schema(), event.parent().orElse(null))
                && filter.test(event);
    }

    @Override
    public DynamicSubscription.Connection receive(long id, @Nullable String lastEventId) throws YangException {
        return subscriptions.receive(id, lastEventId);
    }
}
