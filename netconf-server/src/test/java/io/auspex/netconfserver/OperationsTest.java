package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static io.auspex.netconfprotocol.NetconfNamespaces.MONITORING;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.schema.SchemaNode;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
    private static final String EX = " xmlns='" + ExampleData.NAMESPACE + "'";

    private final RecordingManagement management = new RecordingManagement();
    private final NetconfSessions sessions = new NetconfSessions(
            management, SessionConfig.of(ServerCapabilities.of(ExampleData.MODEL, "1")), InstantSource.system());
    private SessionPeer peer;

    @BeforeEach
    void connect() throws Exception {
        peer = SessionPeer.ready(sessions, "alice");
    }

    @AfterEach
    void stop() {
        sessions.close();
    }

    private String edit(String parameters, String config) throws Exception {
        return peer.rpc("<edit-config><target><running/></target>" + parameters + "<config xmlns:nc='" + BASE
                + "' xmlns:yang='urn:ietf:params:xml:ns:yang:1'>" + config + "</config></edit-config>");
    }

    @Nested
    class Section_7_1_and_7_7_reads {
        @Test
        void theWholeDatastoreIsRead() throws Exception {
            // When
            var reply = peer.rpc("<get-config><source><running/></source></get-config>");
            // Then
            assertThat(reply)
                    .startsWith("<rpc-reply xmlns=\"" + BASE + "\" message-id=\"1\"><data><top xmlns=\""
                            + ExampleData.NAMESPACE + "\"><users><user><name>barney</name>")
                    .endsWith("</interfaces></top></data></rpc-reply>");
            assertThat(management.callers).containsExactly("alice");
        }

        @Test
        void aSubtreeFilterReducesIt() throws Exception {
            var reply = peer.rpc("<get><filter type='subtree'><top" + EX
                    + "><users><user><name>fred</name><type/></user></users></top></filter></get>");
            assertThat(reply)
                    .contains("<data><top xmlns=\"" + ExampleData.NAMESPACE
                            + "\"><users><user><name>fred</name><type>admin</type></user></users></top></data>");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        /e:top/e:users/e:user[e:name='fred']/e:type|<top xmlns="http://example.com/schema/1.2/config"><users><user><name>fred</name><type>admin</type></user></users></top>
                        //e:dept[. = 1]/..|<top xmlns="http://example.com/schema/1.2/config"><users><user><name>root</name><company-info><dept>1</dept><id>1</id></company-info></user></users></top>
                        /e:top/e:interfaces/e:interface[2] UNION //e:alias[. = 'fred-2']|<top xmlns="http://example.com/schema/1.2/config"><users><user><name>fred</name><alias>fred-2</alias></user></users><interfaces><interface><ifName>eth1</ifName><ifInErrors>3</ifInErrors></interface></interfaces></top>
                        /e:top/e:users/e:user[e:name='nobody']|
                        """)
        void anXpathFilterSelectsNodesWithTheirAncestors(String select, @Nullable String data) throws Exception {
            // When
            var reply = peer.rpc("<get><filter type='xpath' xmlns:e='" + ExampleData.NAMESPACE + "' select=\""
                    + select.replace("UNION", "|") + "\"/></get>");
            // Then
            assertThat(reply).contains("<data>" + (data == null ? "" : data) + "</data>");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/e:top[", "1 + 1", "/x:top", "count(/e:top)", "'text'"})
        void anXpathFilterThatSelectsNoNodesIsRefused(String select) throws Exception {
            // When
            var reply = peer.rpc("<get><filter type='xpath' xmlns:e='" + ExampleData.NAMESPACE + "' select=\"" + select
                    + "\"/></get>");
            // Then
            assertThat(reply)
                    .contains("<error-tag>invalid-value</error-tag>")
                    .contains("<bad-attribute>select</bad-attribute>");
        }

        @ParameterizedTest
        @CsvSource({
            "report-all,REPORT_ALL",
            "report-all-tagged,REPORT_ALL_TAGGED",
            "trim,TRIM",
            "explicit,EXPLICIT",
        })
        void withDefaultsIsPassedOn(String wire, WithDefaults expected) throws Exception {
            // When
            peer.rpc("<get><with-defaults xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults'>" + wire
                    + "</with-defaults></get>");
            // Then
            assertThat(management.reads)
                    .singleElement()
                    .satisfies(r -> assertThat(r.defaults()).isEqualTo(expected));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        <get><filter type='sql'/></get>|bad-attribute
                        <get><filter type='xpath'/></get>|missing-attribute
                        <get><source/></get>|unknown-element
                        <get><filter/><filter/></get>|bad-element
                        <get-config/>|missing-element
                        <get-config><source/></get-config>|missing-element
                        <get-config><source><startup/></source></get-config>|invalid-value
                        <get-config><source><running/><running/></source></get-config>|bad-element
                        <get-config><source><running xmlns='urn:x'/></source></get-config>|invalid-value
                        <get><with-defaults xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults'>x</with-defaults></get>|invalid-value
                        <make-coffee/>|operation-not-supported
                        <make-coffee xmlns='urn:coffee'/>|unknown-namespace
                        <get xmlns='http://example.com/schema/1.2/config'/>|operation-not-supported
                        <get/><get/>|unknown-element
                        """)
        void whatIsNotUnderstoodIsRefused(String operation, String tag) throws Exception {
            // When
            var reply = peer.rpc(operation);
            // Then
            assertThat(reply)
                    .contains("<error-tag>" + tag + "</error-tag>")
                    .contains("<error-message xml:lang=\"en\">");
            assertThat(management.reads).isEmpty();
            assertThat(peer.rpc("<get><filter/></get>")).contains("<data>");
        }

        @Test
        void anRpcWithoutOperationIsRefused() throws Exception {
            assertThat(peer.rpc("")).contains("<error-tag>missing-element</error-tag>");
        }
    }

    @Nested
    class Section_7_2_edit_config {
        private String paths() {
            return String.join(
                    "\n",
                    management.edits.stream()
                            .map(e -> e.operation() + " " + e.target())
                            .toList());
        }

        @Test
        void configurationOfOneOperationIsOneEdit() throws Exception {
            // When
            var reply =
                    edit("", "<top" + EX + "><users><user><name>wilma</name><type>admin</type></user></users></top>");
            // Then
            assertThat(reply).contains("<ok/>");
            assertThat(paths()).isEqualTo("merge /");
            assertThat(management.edits.getFirst().data())
                    .isEqualTo(ExampleData.root(t -> t.container(
                            "users",
                            u -> u.entry("user", e -> e.leaf("name", "wilma").leaf("type", "admin")))));
        }

        @Test
        void aNodeOfAnotherOperationIsAnEditOfItsOwn() throws Exception {
            // When
            edit(
                    "",
                    "<top" + EX + "><users>"
                            + "<user nc:operation='delete'><name>fred</name></user>"
                            + "<user><name>barney</name><type nc:operation='remove'/><full-name>B</full-name></user>"
                            + "</users><interfaces nc:operation='replace'><interface><ifName>eth9</ifName></interface></interfaces>"
                            + "<marker nc:operation='create'/></top>");
            // Then
            assertThat(paths()).isEqualTo("""
                            merge /
                            delete /example-config:top/users/user[name='fred']
                            remove /example-config:top/users/user[name='barney']/type
                            replace /example-config:top/interfaces
                            create /example-config:top/marker""");
            assertThat(management.edits.getFirst().data())
                    .isEqualTo(ExampleData.root(t -> t.container(
                            "users",
                            u -> u.entry("user", e -> e.leaf("name", "barney").leaf("full-name", "B")))));
            assertThat(management.edits.get(1).data()).isNull();
        }

        @Test
        void withNoneAsDefaultTheNodesAboveHaveToExist() throws Exception {
            // When
            edit(
                    "<default-operation>none</default-operation>",
                    "<top" + EX
                            + "><users><user><name>fred</name><company-info nc:operation='delete'/></user></users></top>");
            // Then
            assertThat(paths()).isEqualTo("""
                            none /example-config:top/users/user[name='fred']
                            delete /example-config:top/users/user[name='fred']/company-info""");
        }

        @Test
        void withReplaceAsDefaultTheWholeDatastoreIsReplacedEvenByNothing() throws Exception {
            edit("<default-operation>replace</default-operation>", "");
            assertThat(paths()).isEqualTo("replace /");
        }

        @Test
        void anEmptyMergeIsNoEdit() throws Exception {
            assertThat(edit("", "")).contains("<ok/>");
            assertThat(management.edits).isEmpty();
        }

        @Test
        void whereAnEntryGoesIsAnEditOfItsOwn() throws Exception {
            // When
            edit(
                    "",
                    "<top" + EX + "><step yang:insert='first'><name>a</name></step>"
                            + "<step yang:insert='after' yang:key=\"[name='a']\"><name>b</name></step>"
                            + "<track yang:insert='before' yang:value='x'>y</track></top>");
            // Then
            assertThat(management.edits).extracting(Edit::operation).containsOnly(Operation.MERGE);
            assertThat(management.edits)
                    .extracting(e -> e.target() + " " + e.position().getClass().getSimpleName())
                    .containsSubsequence(
                            "/example-config:top/step[name='a'] " + Position.First.class.getSimpleName(),
                            "/example-config:top/step[name='b'] " + Position.After.class.getSimpleName(),
                            "/example-config:top/track[.='y'] " + Position.Before.class.getSimpleName());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        <default-operation>create</default-operation>|<x/>|invalid-value
                        <test-option>maybe</test-option>||invalid-value
                        <error-option>ignore</error-option>||invalid-value
                        <url>file:///etc/passwd</url>||bad-element
                        |<nothing xmlns='urn:nothing'/>|unknown-namespace
                        |<nothing xmlns='http://example.com/schema/1.2/config'/>|unknown-element
                        |<top xmlns='http://example.com/schema/1.2/config' nc:operation='wipe'/>|bad-attribute
                        |<top xmlns='http://example.com/schema/1.2/config'><users><user><type>x</type></user></users></top>|missing-element
                        |<top xmlns='http://example.com/schema/1.2/config'><users><user><name>x</name><company-info><dept>256</dept></company-info></user></users></top>|invalid-value
                        |<top xmlns='http://example.com/schema/1.2/config'><marker/><marker/></top>|bad-element
                        |<top xmlns='http://example.com/schema/1.2/config' nc:operation='delete'><marker nc:operation='create'/></top>|bad-attribute
                        """)
        void whatIsWrongChangesNothing(String parameters, String config, String tag) throws Exception {
            // When
            var reply = edit(parameters == null ? "" : parameters, config == null ? "" : config);
            // Then
            assertThat(reply).contains("<error-tag>" + tag + "</error-tag>");
            assertThat(management.edits).isEmpty();
            assertThat(peer.isOpen()).isTrue();
        }

        @Test
        void anErrorNamesItsPathWithPrefixes() throws Exception {
            var reply = edit(
                    "",
                    "<top" + EX + "><users><user><name>x</name><company-info><dept>256</dept>"
                            + "</company-info></user></users></top>");
            assertThat(reply)
                    .contains("<error-type>application</error-type>")
                    .containsPattern(
                            "<error-path xmlns:([a-z-]+)=\"" + ExampleData.NAMESPACE
                                    + "\">/\\1:top/\\1:users/\\1:user\\[\\1:name='x'\\]/\\1:company-info/\\1:dept</error-path>");
        }

        @Test
        void aParameterAfterTheConfigurationIsRefused() throws Exception {
            assertThat(peer.rpc("<edit-config><target><running/></target><config/>"
                            + "<default-operation>none</default-operation></edit-config>"))
                    .contains("edit-config: parameter 'default-operation' stands after config");
        }
    }

    @Nested
    class Access_control {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        get|<get/>
                        get-config|<get-config><source><running/></source></get-config>
                        edit-config|<edit-config><target><running/></target><config/></edit-config>
                        kill-session|<kill-session><session-id>1</session-id></kill-session>
                        kill-session|<kill-session><session-id>no number</session-id></kill-session>
                        delete-config|<delete-config><target><running/></target></delete-config>
                        get-schema|<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><identifier>x</identifier></get-schema>
                        """)
        void anOperationThatTheUserMayNotDoIsRefused(String name, String operation) throws Exception {
            // Given
            management.denied = Set.of(name);
            // When
            var reply = peer.rpc(operation);
            // Then
            assertThat(reply).contains("<error-tag>access-denied</error-tag>");
            assertThat(management.reads).isEmpty();
        }

        @Test
        void A59_whoMayNotCopyDoesNotReplaceRunning() throws Exception {
            management.denied = Set.of("copy-config");
            assertThat(peer.rpc("<copy-config><target><running/></target><source><config/></source></copy-config>"))
                    .contains("<error-tag>access-denied</error-tag>");
            assertThat(management.edits).isEmpty();
        }
    }

    @Nested
    class Operations_of_modules {
        @Test
        void anRpcIsAnsweredWithItsOutput() throws Exception {
            assertThat(peer.rpc("<add" + EX + "><a>40</a><b>2</b></add>"))
                    .contains("<sum xmlns=\"" + ExampleData.NAMESPACE + "\">42</sum>");
        }

        @Test
        void anRpcWithoutOutputIsAnsweredWithOk() throws Exception {
            assertThat(peer.rpc("<ping" + EX + "/>")).endsWith("<ok/></rpc-reply>");
        }

        @Test
        void anActionIsInvokedOnItsNode() throws Exception {
            assertThat(
                            peer.rpc(
                                    "<action xmlns='urn:ietf:params:xml:ns:yang:1'><top" + EX
                                            + "><users><user><name>fred</name><greet><word>hi</word></greet></user></users></top></action>"))
                    .contains("hi /example-config:top/users/user[name='fred']</greeting>");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <nothing/>|operation-not-supported
                    <nothing xmlns='http://example.com/schema/1.2/config'/>|operation-not-supported
                    <nothing xmlns='urn:nothing'/>|unknown-namespace
                    <get xmlns=''/>|unknown-namespace
                    """)
    void A47_whatIsNoOperationIsRefused(String operation, String tag) throws Exception {
        assertThat(peer.rpc(operation)).contains("<error-tag>" + tag + "</error-tag>");
        assertThat(peer.rpc("<get/>")).contains("<data>");
    }

    @Nested
    class Rfc_6022 {
        @Test
        void theTextOfAModuleIsGiven() throws Exception {
            assertThat(peer.rpc("<get-schema xmlns='" + MONITORING + "'><identifier>example-config</identifier>"
                            + "<version>2026-11-21</version><format>yang</format></get-schema>"))
                    .contains("<data xmlns=\"" + MONITORING + "\">module example-config {")
                    .contains("config false;");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<identifier>../../etc/passwd</identifier>",
                    "<identifier>example-config</identifier><version>2001-01-01</version>",
                    "<identifier>example-config</identifier><format>yin</format>",
                    "<identifier>nothing</identifier>",
                })
        void A60_whatIsNotThereIsAnInvalidValue(String parameters) throws Exception {
            assertThat(peer.rpc("<get-schema xmlns='" + MONITORING + "'>" + parameters + "</get-schema>"))
                    .contains("<error-tag>invalid-value</error-tag>");
        }
    }

    @Test
    void anInternalFaultShowsAnIncidentAndNothingElse() throws Exception {
        // Given
        management.data = null;
        // When
        var reply = peer.rpc("<get><filter/></get>");
        // Then
        assertThat(reply)
                .contains("<error-tag>operation-failed</error-tag>")
                .containsPattern("get: internal fault, incident [0-9a-f-]{36}")
                .doesNotContain("Exception");
        management.data = ExampleData.whole();
        assertThat(peer.rpc("<get><filter/></get>")).contains("<data>");
    }

    @Test
    void aFaultBeforeTheReplyIsOnItsWayIsToldAsOne() throws Exception {
        // Given
        management.data = new Breaking(ExampleData.whole(), 1);
        // When
        var reply = peer.rpc("<get/>");
        // Then
        assertThat(reply).contains("internal fault, incident").doesNotContain("<data>");
        management.data = ExampleData.whole();
        assertThat(peer.rpc("<get><filter/></get>")).contains("<data>");
    }

    @Test
    void aFaultInTheMiddleOfAReplyCutsTheSessionSoThatNobodyTakesItForWhole() throws Exception {
        // Given
        management.data = new Breaking(ExampleData.whole(), 60);
        // When
        peer.send("<get/>");
        // Then
        assertThat(peer.cut()).isTrue();
        assertThat(SessionPeer.ready(sessions, "bob").rpc("<get><filter/></get>"))
                .contains("<data>");
    }

    /** A root that repeats its children and breaks after some of them. */
    private record Breaking(InnerNode node, int limit) implements InnerNode {
        @Override
        public SchemaNode schema() {
            return node.schema();
        }

        @Override
        public @Nullable DataNode child(SchemaNode schema) {
            return node.child(schema);
        }

        @Override
        public Iterable<DataNode> children() {
            var child = node.children().iterator().next();
            return () -> Stream.iterate(0, i -> i + 1)
                    .map(i -> {
                        if (i == limit) {
                            throw new IllegalStateException("a provider broke");
                        }
                        return child;
                    })
                    .iterator();
        }
    }
}
