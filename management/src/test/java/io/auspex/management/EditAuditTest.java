package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.AuditEvent;
import io.auspex.access.Principal;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EditAuditTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("ietf-system"));
    private static final Principal ANN = new Principal("ann", Set.of(), "restconf 192.0.2.1:5000");

    private final List<AuditEvent> noted = new CopyOnWriteArrayList<>();
    private final EditAudit audit = new EditAudit(noted::add);
    private final SchemaNode system =
            MODEL.root().child("ietf-system", "system").orElseThrow();
    private Datastores datastores;

    @BeforeEach
    void open() {
        datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
        datastores.listen(audit);
    }

    @AfterEach
    void close() {
        datastores.close();
    }

    private Edit edit(Operation operation, String leaf, String value) {
        var schema = system.child(leaf).orElseThrow();
        var path = DataPath.root(MODEL.root()).child(system).child(schema);
        return new Edit(operation, path, operation == Operation.REMOVE ? null : new LeafNode(schema, value));
    }

    private void commit(Edit... edits) throws YangException {
        ScopedValue.where(Principal.CURRENT, ANN).<Object, YangException>call(() -> datastores.commit(edits));
    }

    @Test
    void anEditIsNotedWithItsAuthorAndWhatItChanged() throws Exception {
        // When
        commit(edit(Operation.REPLACE, "hostname", "a"), edit(Operation.REPLACE, "contact", "c"));
        commit(edit(Operation.REPLACE, "hostname", "b"));
        commit(edit(Operation.REMOVE, "contact", ""));
        audit.close();
        // Then
        assertThat(noted)
                .containsExactly(
                        new AuditEvent.Edited(ANN, "running", List.of("create /ietf-system:system")),
                        new AuditEvent.Edited(ANN, "running", List.of("change /ietf-system:system/hostname")),
                        new AuditEvent.Edited(ANN, "running", List.of("delete /ietf-system:system/contact")));
    }

    @Test
    void whatTheServerDoesItselfIsNotedAsItsOwn() throws Exception {
        // When
        datastores.commit(edit(Operation.REPLACE, "hostname", "a"));
        audit.close();
        // Then
        assertThat(noted)
                .containsExactly(new AuditEvent.Edited(
                        new Principal("", Set.of(), "server"), "running", List.of("create /ietf-system:system")));
    }

    @Test
    void anEditThatCannotBeNotedIsNoReasonNotToNoteThoseBehindIt() throws Exception {
        // Given
        var failing = new EditAudit(event -> {
            if (noted.add(event) && noted.size() == 1) {
                throw new IllegalStateException("asked for");
            }
        });
        datastores.close();
        datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
        datastores.listen(failing);
        // When
        commit(edit(Operation.REPLACE, "hostname", "a"));
        await().until(() -> noted.size() == 1);
        commit(edit(Operation.REPLACE, "hostname", "b"));
        await().until(() -> noted.size() == 2);
        failing.close();
        // Then: what comes behind the end is noted, too
        commit(edit(Operation.REPLACE, "hostname", "c"));
        assertThat(noted).hasSize(3);
    }

    @Test
    void anEditThatWasRefusedIsNotNoted() throws Exception {
        // Given
        datastores.listen(new CommitListener() {
            @Override
            public void validate(ChangeSet changes) throws YangException {
                throw new YangException(Failure.INVALID_VALUE, "no");
            }

            @Override
            public void committed(ChangeSet changes) {}
        });
        // When
        assertThatThrownBy(() -> commit(edit(Operation.REPLACE, "hostname", "a")))
                .isInstanceOf(YangException.class);
        audit.close();
        // Then
        assertThat(noted).isEmpty();
    }
}
