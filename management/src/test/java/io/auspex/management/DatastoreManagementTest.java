package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatastoreManagementTest {
    private static final ModelContext MODEL = ModelLoader.load();
    private static final Principal ADMIN = new Principal("admin", Set.of(), "test");
    private static final Principal GUEST = new Principal("guest", Set.of(), "test");

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private final AccessControl access;
    private final Operations operations = new Operations(MODEL);
    private final Management management;

    DatastoreManagementTest() throws Exception {
        datastores.commit(new Edit(Operation.MERGE, DataPath.root(MODEL.root()), nacm()));
        access = new AccessControl(Nacm.of(MODEL, datastores.running()), _ -> {});
        management = new DatastoreManagement(
                datastores, new AccessGuard(MODEL, access, UnaryOperator.identity()), operations, new NoStreams());
    }

    @AfterEach
    void close() {
        datastores.close();
    }

    private static TreeNode nacm() {
        return NodeBuilder.node(
                MODEL.root(),
                root -> root.container("ietf-netconf-acm:nacm", nacm -> {
                    nacm.container(
                            "groups",
                            g -> g.entry("group", e -> e.leaf("name", "admin").value("user-name", "admin")));
                    nacm.entry("rule-list", list -> {
                        list.leaf("name", "admin").value("group", "admin");
                        list.entry(
                                "rule",
                                r -> r.leaf("name", "all")
                                        .leaf("module-name", "*")
                                        .text("access-operations", "*")
                                        .text("action", "permit"));
                    });
                }));
    }

    private static DataPath path(String text) {
        try {
            return InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes());
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static TreeNode system(String hostname) {
        return NodeBuilder.node(
                path("/ietf-system:system").schema(),
                s -> s.leaf("hostname", hostname).leaf("contact", "ops"));
    }

    private EditResult put(Principal who, String hostname) throws Exception {
        return put(who, DatastoreName.RUNNING, hostname);
    }

    private EditResult put(Principal who, DatastoreName datastore, String hostname) throws Exception {
        return ScopedValue.where(Principal.CURRENT, who)
                .call(() -> management.edit(new EditRequest(
                        datastore,
                        List.of(new Edit(Operation.REPLACE, path("/ietf-system:system"), system(hostname))),
                        null)));
    }

    private DataNode read(Principal who, ReadRequest request) throws Exception {
        return ScopedValue.where(Principal.CURRENT, who)
                .call(() -> Trees.copy(management.read(request).node()));
    }

    private static ReadRequest all(String path) {
        return ReadRequest.of(DatastoreName.OPERATIONAL, path(path));
    }

    @Test
    void anEditIsReadBackWithItsVersion() throws Exception {
        // When
        var result = put(ADMIN, "one");
        // Then
        assertThat(result.created()).isTrue();
        var read = ScopedValue.where(Principal.CURRENT, ADMIN).call(() -> management.read(all("/ietf-system:system")));
        assertThat(((InnerNode) read.node()).value("hostname")).contains("one");
        assertThat(read.version()).isEqualTo(result.version());
        assertThat(put(ADMIN, "two").version()).isGreaterThan(result.version());
    }

    @Test
    void whoeverHasNoRightChangesNothing() throws Exception {
        put(ADMIN, "one");
        assertThatThrownBy(() -> put(GUEST, "two"))
                .isInstanceOfSatisfying(
                        YangException.class, e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.ACCESS_DENIED));
        assertThat(read(ADMIN, all("/ietf-system:system/hostname")))
                .hasToString("LeafNode[schema=/ietf-system:system/hostname, value=one]");
    }

    @Test
    void hostileInputA114WhoeverHasNoRightPutsNothingInTheCandidateForOthersToCommit() {
        assertThatThrownBy(() -> put(GUEST, DatastoreName.CANDIDATE, "two"))
                .isInstanceOfSatisfying(
                        YangException.class, e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.ACCESS_DENIED));
        assertThat(datastores.candidate().changed()).isFalse();
    }

    @Test
    void nobodyReadsNothing() {
        assertThatThrownBy(() -> management.read(all("/ietf-system:system"))).isInstanceOf(YangException.class);
    }

    @Test
    void hostileInputA116ChangedRulesCountFromTheNextRequestOn() throws Exception {
        // Given
        put(ADMIN, "one");
        // When
        ScopedValue.where(Principal.CURRENT, ADMIN)
                .call(() -> management.edit(new EditRequest(
                        DatastoreName.RUNNING,
                        List.of(new Edit(
                                Operation.DELETE, path("/ietf-netconf-acm:nacm/rule-list[name='admin']"), null)),
                        null)));
        // Then
        assertThatThrownBy(() -> put(ADMIN, "two")).isInstanceOf(YangException.class);
    }

    @Test
    void aPreconditionThatFailsHoldsTheEditUp() throws Exception {
        put(ADMIN, "one");
        var request = new EditRequest(
                DatastoreName.RUNNING,
                List.of(new Edit(Operation.REPLACE, path("/ietf-system:system"), system("two"))),
                (_, _) -> {
                    throw new YangException(Failure.PRECONDITION_FAILED, "changed by someone else");
                });
        assertThatThrownBy(() -> ScopedValue.where(Principal.CURRENT, ADMIN).call(() -> management.edit(request)))
                .hasMessage("changed by someone else");
        assertThat(read(ADMIN, all("/ietf-system:system/hostname")).toString()).contains("one");
    }

    @Test
    void aLeafThatIsNotSetReadsAsItsDefaultWhereAllIsReported() throws Exception {
        var explicit = all("/ietf-netconf-acm:nacm/read-default");
        assertThat(read(ADMIN, reportAll("/ietf-netconf-acm:nacm/read-default")).toString())
                .contains("permit");
        assertThatThrownBy(() -> read(ADMIN, explicit)).hasMessageContaining("does not exist");
    }

    @Test
    void aDefaultIsInUseInContainersThatAreNotStored() throws Exception {
        var leaf = "/ietf-alarms:alarms/control/max-alarm-status-changes";
        assertThat(read(ADMIN, reportAll(leaf)).toString()).contains("32");
        assertThat(read(ADMIN, reportAll("/ietf-alarms:alarms/control")).toString())
                .contains("32");
        assertThatThrownBy(() -> read(ADMIN, all("/ietf-alarms:alarms/control")))
                .hasMessageContaining("does not exist");
    }

    private static ReadRequest reportAll(String path) {
        return new ReadRequest(
                DatastoreName.RUNNING,
                path(path),
                ReadRequest.Content.ALL,
                Integer.MAX_VALUE,
                null,
                ReadRequest.WithDefaults.REPORT_ALL);
    }

    @Test
    void aPasswordInClearTextIsHashedBeforeItIsKept() throws Exception {
        // Given
        var authentication = NodeBuilder.node(
                path("/ietf-system:system/authentication").schema(),
                a -> a.entry("user", u -> u.leaf("name", "ops").leaf("password", "$0$open sesame")));
        // When
        ScopedValue.where(Principal.CURRENT, ADMIN)
                .call(() -> management.edit(new EditRequest(
                        DatastoreName.RUNNING,
                        List.of(new Edit(Operation.MERGE, path("/ietf-system:system/authentication"), authentication)),
                        null)));
        // Then
        assertThat(read(ADMIN, all("/ietf-system:system/authentication/user[name='ops']/password"))
                        .toString())
                .contains("$6$")
                .doesNotContain("sesame");
    }

    @Test
    void depthCountsTheTargetAsTheFirstLevel() throws Exception {
        put(ADMIN, "one");
        var request = all("/ietf-system:system");
        var flat = new ReadRequest(
                request.datastore(), request.target(), ReadRequest.Content.ALL, 1, null, request.defaults());
        assertThat(((TreeNode) read(ADMIN, flat)).isEmpty()).isTrue();
    }

    @Test
    void fieldsKeepWhatTheyName() throws Exception {
        put(ADMIN, "one");
        var request = all("/ietf-system:system");
        var contact = path("/ietf-system:system/contact").schema();
        var fields = new FieldSelection(java.util.Map.of(contact, FieldSelection.ALL));
        var some = new ReadRequest(
                request.datastore(),
                request.target(),
                ReadRequest.Content.ALL,
                Integer.MAX_VALUE,
                fields,
                request.defaults());
        assertThat(((TreeNode) read(ADMIN, some)).children())
                .extracting(n -> n.schema().name())
                .containsExactly("contact");
    }

    @Test
    void whatFieldsSelectIsTheFirstLevelOfTheDepth() throws Exception {
        put(ADMIN, "one");
        var root = DataPath.root(MODEL.root());
        var system = path("/ietf-system:system").schema();
        var hostname = path("/ietf-system:system/hostname").schema();
        var fields = new FieldSelection(
                java.util.Map.of(system, new FieldSelection(java.util.Map.of(hostname, FieldSelection.ALL))));
        var request = new ReadRequest(
                DatastoreName.RUNNING, root, ReadRequest.Content.ALL, 1, fields, ReadRequest.WithDefaults.EXPLICIT);
        assertThat(read(ADMIN, request).toString()).contains("one");
    }

    @Test
    void anOperationWithoutHandlerIsRefusedAndOneWithItGetsItsDefaults() throws Exception {
        var rpc = MODEL.rpc("ietf-system", "set-current-datetime").orElseThrow();
        var input = TreeNode.empty(rpc.child("input").orElseThrow());
        assertThatThrownBy(() ->
                        ScopedValue.where(Principal.CURRENT, ADMIN).call(() -> management.invoke(rpc, null, input)))
                .isInstanceOfSatisfying(
                        YangException.class,
                        e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.OPERATION_NOT_SUPPORTED));
        operations.rpc("ietf-system", "set-current-datetime", (_, _) -> null);
        assertThatThrownBy(() ->
                        ScopedValue.where(Principal.CURRENT, ADMIN).call(() -> management.invoke(rpc, null, input)))
                .isInstanceOfSatisfying(YangException.class, e -> {
                    assertThat(e.first().tag()).isEqualTo(ErrorTag.MISSING_ELEMENT);
                    assertThat(e.getMessage()).contains("current-datetime");
                });
    }
}
