package io.auspex.netconfserver;

import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.management.CandidateControl;
import io.auspex.management.DatastoreControl;
import io.auspex.management.EditRequest;
import io.auspex.management.EditResult;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest;
import io.auspex.management.ReadResult;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.notifications.Subscription;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives every reader the same data and writes down what editors ask for. */
class RecordingManagement implements Management {
    final List<Edit> edits = new CopyOnWriteArrayList<>();
    final List<String> callers = new CopyOnWriteArrayList<>();
    final List<ReadRequest> reads = new CopyOnWriteArrayList<>();
    private final Datastores datastores = Datastores.open(ExampleData.MODEL, DatastoreConfig.inMemory());
    private final DatastoreControl control = new CandidateControl(datastores, InstantSource.system(), null);
    volatile Set<String> denied = Set.of();
    volatile @Nullable InnerNode data = ExampleData.whole();

    @Override
    public ModelContext model() {
        return ExampleData.MODEL;
    }

    @Override
    public Set<DatastoreName> datastores() {
        return Set.of(DatastoreName.RUNNING, DatastoreName.OPERATIONAL);
    }

    @Override
    public ReadResult read(ReadRequest request) throws YangException {
        callers.add(Principal.CURRENT.get().name());
        reads.add(request);
        return new ReadResult(Objects.requireNonNull(data), null, null);
    }

    @Override
    public EditResult edit(EditRequest request) {
        edits.addAll(request.edits());
        return new EditResult(false, 1L, Instant.EPOCH);
    }

    @Override
    public DatastoreControl control() {
        return control;
    }

    @Override
    public void checkInvoke(SchemaNode operation) throws YangException {
        if (denied.contains(operation.name())) {
            throw new YangException(Failure.ACCESS_DENIED, operation.name() + " is denied");
        }
    }

    @Override
    public @Nullable InnerNode invoke(SchemaNode operation, @Nullable DataPath target, InnerNode input)
            throws YangException {
        return switch (operation.name()) {
            case "add" ->
                NodeBuilder.node(
                        operation.child("output").orElseThrow(),
                        o -> o.leaf(
                                "sum",
                                (Long) input.value("a").orElseThrow()
                                        + (Long) input.value("b").orElse(1L)));
            case "greet" ->
                NodeBuilder.node(
                        operation.child("output").orElseThrow(),
                        o -> o.leaf("greeting", input.value("word").orElseThrow() + " " + target));
            case "ping" -> null;
            default -> throw new YangException(Failure.NOT_SUPPORTED, operation.name());
        };
    }

    @Override
    public Collection<EventStream> streams() {
        return List.of();
    }

    @Override
    public Subscription subscribe(
            String stream, Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException {
        throw new YangException(Failure.NO_SUCH_RESOURCE, stream);
    }
}
