package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.Candidate.Resolution;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.FactorySettings;
import io.auspex.datastore.Operation;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The datastores beside running and operational: candidates of sessions, intended, factory-default (RFC 8342, RFC 8808). */
class NmdaTest {
    private static final ModelContext MODEL = ModelLoader.load();
    private static final Principal ADMIN = new Principal("admin", Set.of(), "test");
    private static final String ALL_FOR_ADMIN = """
            "ietf-netconf-acm:nacm": {
              "groups": {"group": [{"name": "admin", "user-name": ["admin"]}]},
              "rule-list": [{"name": "admin", "group": ["admin"],
                "rule": [{"name": "all", "module-name": "*", "action": "permit"}]}]}
            """;

    @TempDir
    private Path folder;

    private Datastores datastores;
    private CandidateControl control;
    private Management management;

    @BeforeEach
    void aServerWithFactorySettings() throws Exception {
        factorySettings("{" + ALL_FOR_ADMIN + ", \"ietf-system:system\": {\"hostname\": \"new\"}}");
        open();
    }

    private void open() {
        datastores = Datastores.open(MODEL, DatastoreConfig.inMemory(), FactorySettings.in(folder, MODEL));
        var access = new AccessControl(Nacm.of(MODEL, datastores.running()), _ -> {});
        control = new CandidateControl(datastores, InstantSource.system(), null);
        management = new DatastoreManagement(
                datastores,
                new AccessGuard(MODEL, access, UnaryOperator.identity()),
                new Operations(MODEL),
                new NoStreams(),
                control);
    }

    private void factorySettings(String json) throws IOException {
        Files.writeString(folder.resolve(FactorySettings.FILE), json);
    }

    @AfterEach
    void close() {
        datastores.close();
    }

    private static DataPath path(String text) throws Exception {
        return InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes());
    }

    /** Something done by the administrator in a session. */
    private interface Request<R> {
        R run() throws Exception;
    }

    private static <R> R in(long session, Request<R> request) throws Exception {
        return ScopedValue.where(Principal.CURRENT, ADMIN)
                .where(DatastoreControl.SESSION, session)
                .call(request::run);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void run(long session, Action action) throws Exception {
        ScopedValue.where(Principal.CURRENT, ADMIN)
                .where(DatastoreControl.SESSION, session)
                .call(() -> {
                    action.run();
                    return true;
                });
    }

    private String hostname(long session, DatastoreName datastore) throws Exception {
        return in(session, () -> {
            var node = (LeafNode) Trees.copy(management
                    .read(ReadRequest.of(datastore, path("/ietf-system:system/hostname")))
                    .node());
            return node.value().toString();
        });
    }

    private EditResult rename(long session, DatastoreName datastore, String hostname) throws Exception {
        var target = path("/ietf-system:system/hostname");
        DataNode leaf = new LeafNode(target.schema(), hostname);
        return in(
                session,
                () -> management.edit(
                        new EditRequest(datastore, List.of(new Edit(Operation.MERGE, target, leaf)), null)));
    }

    @Test
    void everyDatastoreButStartupIsThere() {
        assertThat(management.datastores()).containsExactlyInAnyOrder(DatastoreName.values());
    }

    @Test
    void runningBeginsAsTheFactorySettings() throws Exception {
        assertThat(hostname(1, DatastoreName.RUNNING)).isEqualTo("new");
        rename(1, DatastoreName.RUNNING, "edge-7");
        assertThat(hostname(1, DatastoreName.INTENDED)).isEqualTo("edge-7");
        assertThat(hostname(1, DatastoreName.FACTORY_DEFAULT)).isEqualTo("new");
    }

    @Test
    void intendedAndFactoryDefaultAreOnlyRead() {
        for (var datastore : List.of(DatastoreName.INTENDED, DatastoreName.FACTORY_DEFAULT)) {
            assertThatThrownBy(() -> rename(1, datastore, "x")).isInstanceOf(YangException.class);
        }
    }

    @Test
    void factorySettingsThatAreNotValidKeepTheServerFromStarting() throws Exception {
        factorySettings(
                "{\"ietf-netconf-acm:nacm\": {\"rule-list\": [{\"name\": \"a\", \"rule\": [{\"name\": \"b\"}]}]}}");
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("factory settings")
                .hasMessageContaining("action: is mandatory");
        factorySettings("{\"ietf-system:system\": {\"hostnam\": \"x\"}}");
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(FactorySettings.FILE)
                .hasMessageContaining("hostnam");
    }

    @Test
    void aFactoryResetForgetsAllChanges() throws Exception {
        rename(1, DatastoreName.RUNNING, "edge-7");
        rename(1, DatastoreName.CANDIDATE, "edge-8");
        run(2, () -> control.usePrivateCandidate());
        rename(2, DatastoreName.CANDIDATE, "edge-9");
        run(1, () -> control.factoryReset());
        assertThat(hostname(1, DatastoreName.RUNNING)).isEqualTo("new");
        assertThat(hostname(1, DatastoreName.CANDIDATE)).isEqualTo("new");
        assertThat(hostname(2, DatastoreName.CANDIDATE)).isEqualTo("new");
    }

    @Test
    void aLockOfAnotherSessionKeepsTheFactoryResetOut() throws Exception {
        rename(1, DatastoreName.RUNNING, "edge-7");
        run(2, () -> control.lock(DatastoreName.RUNNING));
        assertThatThrownBy(() -> run(1, () -> control.factoryReset())).hasMessage("running is locked by session 2");
        assertThat(hostname(1, DatastoreName.RUNNING)).isEqualTo("edge-7");
    }

    @Test
    void aSessionWithAPrivateCandidateSharesNothingWithOthers() throws Exception {
        run(1, () -> {
            control.usePrivateCandidate();
            control.lock(DatastoreName.CANDIDATE);
        });
        rename(1, DatastoreName.CANDIDATE, "mine");
        rename(2, DatastoreName.CANDIDATE, "shared");
        assertThat(hostname(1, DatastoreName.CANDIDATE)).isEqualTo("mine");
        assertThat(hostname(2, DatastoreName.CANDIDATE)).isEqualTo("shared");
        assertThat(hostname(1, DatastoreName.RUNNING)).isEqualTo("new");
        run(2, () -> control.commit(null));
        assertThatThrownBy(() -> run(1, () -> control.commit(null))).hasMessageContaining("hostname");
        run(1, () -> {
            control.update(Resolution.PREFER_CANDIDATE);
            control.commit(null);
        });
        assertThat(hostname(1, DatastoreName.RUNNING)).isEqualTo("mine");
    }

    @Test
    void aPrivateCandidateEndsWithItsSession() throws Exception {
        run(1, () -> control.usePrivateCandidate());
        rename(1, DatastoreName.CANDIDATE, "mine");
        control.ended(1);
        assertThat(hostname(1, DatastoreName.CANDIDATE)).isEqualTo("new");
    }

    @Test
    void onlyAPrivateCandidateIsUpdated() {
        assertThatThrownBy(() -> run(1, () -> control.update(Resolution.PREFER_RUNNING)))
                .hasMessageContaining("no private candidate");
    }

    @Test
    void theCandidateHasVersionsOfItsOwn() throws Exception {
        var edited = rename(1, DatastoreName.CANDIDATE, "edge-8");
        var read = in(
                1,
                () -> management.read(ReadRequest.of(DatastoreName.CANDIDATE, path("/ietf-system:system/hostname"))));
        assertThat(read.version()).isEqualTo(edited.version());
        assertThat(rename(1, DatastoreName.CANDIDATE, "edge-9").version()).isGreaterThan(edited.version());
    }
}
