package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.datastore.Versions;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transaction ids (draft-ietf-netconf-transaction-id), by entity-tag and by time. */
class TransactionIdIT {
    private static final String TXID = " xmlns:txid='urn:ietf:params:xml:ns:netconf:txid:1.0'";
    private static final Pattern DATA = Pattern.compile("<data [^>]*txid:etag=\"([^\"]+)\"");

    private final LiveServer server = new LiveServer(SshAlgorithms.STRICT);
    private final SessionPeer alice = SessionPeer.ready(server.sessions, "alice");

    TransactionIdIT() throws Exception {}

    @BeforeEach
    void twoUsers() throws Exception {
        ok(edit("running", "", user("fred", "", "a")));
        ok(edit("running", "", user("wilma", "", "a")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void ok(String reply) {
        assertThat(reply).endsWith("<ok/></rpc-reply>");
    }

    private static String user(String name, String attributes, String type) {
        return "<user" + attributes + "><name>" + name + "</name><type>" + type + "</type></user>";
    }

    private static String top(String users) {
        return "<top xmlns='" + ExampleData.NAMESPACE + "'><users>" + users + "</users></top>";
    }

    private String edit(String target, String attributes, String users, String... more) throws Exception {
        return alice.rpc("<edit-config" + TXID + "><target><" + target + "/></target>" + String.join("", more)
                + "<config" + attributes + ">" + top(users) + "</config></edit-config>");
    }

    private String read(String datastore, String attributes, String filter) throws Exception {
        return alice.rpc("<get-config" + TXID + attributes + "><source><" + datastore + "/></source>" + filter
                + "</get-config>");
    }

    private static String told(String mechanism) {
        return "<t:with-" + mechanism + " xmlns:t='urn:ietf:params:xml:ns:yang:ietf-netconf-txid'>true</t:with-"
                + mechanism + ">";
    }

    /** The entity-tag of the whole of running. */
    private String newest() throws Exception {
        var found = DATA.matcher(read("running", " txid:etag='?'", ""));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String etag(String reply, String element) {
        var found = Pattern.compile("<" + element + "(?: [^>]*)? txid:etag=\"([^\"]+)\"")
                .matcher(reply);
        assertThat(found.find()).as(element + " in " + reply).isTrue();
        return found.group(1);
    }

    @Test
    void theServerSaysThatItHasThem() throws Exception {
        assertThat(SessionPeer.connect(server.sessions, "bob").next())
                .contains("<capability>urn:ietf:params:netconf:capability:txid:etag:1.0</capability>");
    }

    @Test
    void aDatastoreThatWasNeverEditedHasOneToo() throws Exception {
        try (var fresh = new LiveServer(SshAlgorithms.STRICT)) {
            var bob = SessionPeer.ready(fresh.sessions, "bob");
            assertThat(bob.rpc("<get-config" + TXID + " txid:etag='?'><source><running/></source></get-config>"))
                    .contains(" txid:etag=\"0-x\"></data>");
            assertThat(bob.rpc("<commit>" + told("etag") + "</commit>")).contains(" txid:etag=\"0-x\"/>");
        }
    }

    @Nested
    class Reads {
        @Test
        void withTheRequestTellTheTxidOfEveryContainerAndEntry() throws Exception {
            // When
            var reply = read("running", " txid:etag='?'", "");
            // Then
            var newest = newest();
            assertThat(etag(reply, "data")).isEqualTo(newest);
            assertThat(etag(reply, "top")).isEqualTo(newest);
            assertThat(reply)
                    .contains("<user txid:etag=\"" + newest + "\"><name>wilma</name>")
                    .doesNotContain("<user txid:etag=\"" + newest + "\"><name>fred</name>")
                    .contains("<name>fred</name><type>a</type>")
                    .doesNotContain("<name txid", "<type txid");
        }

        @Test
        void ofATimeBeyondAllVersionsNothingIsKnown() throws Exception {
            for (var time : List.of("+999999999-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "never")) {
                assertThat(read("running", " txid:last-modified='" + time + "'", ""))
                        .as(time)
                        .contains("<name>wilma</name>");
            }
        }

        @Test
        void withoutTheRequestTellNone() throws Exception {
            assertThat(read("running", "", "")).doesNotContain("txid");
        }

        @Test
        void theEntityTagIsThatOfRestconfInXml() throws Exception {
            var version = Versions.nearest(
                    server.datastores.running(), io.auspex.yang.schema.DataPath.root(ExampleData.MODEL.root()));
            assertThat(newest()).isEqualTo(Long.toString(version, 36) + "-x");
        }

        @Test
        void leaveOutWhatTheClientKnows() throws Exception {
            // Given
            var known = newest();
            // Then
            assertThat(read("running", " txid:etag='" + known + "'", ""))
                    .contains("txid:etag=\"=\"></data></rpc-reply>")
                    .doesNotContain("<top");
            assertThat(read(
                            "running",
                            "",
                            "<filter><top xmlns='" + ExampleData.NAMESPACE + "' txid:etag='" + known + "'/></filter>"))
                    .contains("<data xmlns:txid=")
                    .contains("<top xmlns=\"" + ExampleData.NAMESPACE)
                    .contains(" txid:etag=\"=\"/></data>");
        }

        @Test
        void tellOnlyWhatChangedSinceWithTheKeysOfTheRest() throws Exception {
            // Given
            var known = newest();
            ok(edit("running", "", user("wilma", "", "b")));
            // When
            var reply = read("running", " txid:etag='" + known + "'", "");
            // Then
            assertThat(reply)
                    .contains("<user txid:etag=\"=\"><name>fred</name></user>")
                    .contains("<user txid:etag=\"" + newest() + "\"><name>wilma</name><type>b</type></user>");
        }

        @Test
        void takeTheTxidOfTheElementThatMatchesAnEntryBeforeThatAboveIt() throws Exception {
            // Given
            var known = newest();
            // When
            var reply = read(
                    "running",
                    "",
                    "<filter><top xmlns='" + ExampleData.NAMESPACE + "' txid:etag='?'><users><user txid:etag='" + known
                            + "'><name>fred</name></user><user><name>wilma</name></user></users></top></filter>");
            // Then
            assertThat(reply)
                    .contains("<user txid:etag=\"=\"><name>fred</name></user>")
                    .contains("<user txid:etag=\"" + known + "\"><name>wilma</name><type>a</type></user>");
        }

        @Test
        void leaveOutTheValueOfALeafThatIsKnown() throws Exception {
            assertThat(read(
                            "running",
                            "",
                            "<filter><top xmlns='" + ExampleData.NAMESPACE
                                    + "'><users><user><name>fred</name><type txid:etag='" + newest()
                                    + "'/></user></users></top></filter>"))
                    .contains("<user><name>fred</name><type txid:etag=\"=\"/></user>");
        }

        @ParameterizedTest
        @ValueSource(strings = {"?", "nonsense", "zzzzzzzzzzz-x", "", "-x"})
        void takeWhatWasNeverGivenOutForUnknown(String txid) throws Exception {
            assertThat(read("running", " txid:etag='" + txid + "'", "")).contains("<name>fred</name><type>a</type>");
        }

        @Test
        void byXPathTellThemToo() throws Exception {
            assertThat(read(
                            "running",
                            "",
                            "<filter type='xpath' xmlns:ex='" + ExampleData.NAMESPACE
                                    + "' select=\"/ex:top/ex:users/ex:user[ex:name='wilma']\" txid:etag='?'/>"))
                    .contains("<user txid:etag=\"" + newest() + "\"><name>wilma</name>");
        }

        @Test
        void byGetDataTellThemOfConfigurationAlone() throws Exception {
            for (var datastore : new String[] {"running", "operational"}) {
                var reply = alice.rpc("<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
                        + " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'" + TXID
                        + " txid:etag='?'><datastore>ds:" + datastore + "</datastore></get-data>");
                assertThat(reply.contains("txid:etag=\"" + newest() + "\"")).isEqualTo(datastore.equals("running"));
            }
        }

        @Test
        void byTimeTellWhenANodeChangedLast() throws Exception {
            // Given
            var reply = read("running", " txid:last-modified='?'", "");
            var found = Pattern.compile("<data [^>]*txid:last-modified=\"([^\"]+)\"")
                    .matcher(reply);
            assertThat(found.find()).isTrue();
            // Then
            assertThat(read("running", " txid:last-modified='" + found.group(1) + "'", ""))
                    .contains("txid:last-modified=\"=\"></data></rpc-reply>");
        }

        @Test
        void ofTheCandidateTellUnknownWhereItDiffers() throws Exception {
            // Given
            ok(edit("candidate", "", user("wilma", "", "b")));
            // When
            var reply = read("candidate", " txid:etag='?'", "");
            // Then
            assertThat(etag(reply, "data")).isEqualTo("!");
            assertThat(reply).contains("<user txid:etag=\"!\"><name>wilma</name>");
            assertThat(etag(reply, "user")).isNotEqualTo("!");
            ok(alice.rpc("<discard-changes/>"));
            assertThat(etag(read("candidate", " txid:etag='?'", ""), "data")).isEqualTo(newest());
        }
    }

    @Nested
    class Edits {
        @Test
        void tellTheTxidThatTheyMake() throws Exception {
            assertThat(edit("running", "", user("fred", "", "c"), told("etag")))
                    .contains("<ok xmlns:txid=\"urn:ietf:params:xml:ns:netconf:txid:1.0\" txid:etag=\"" + newest()
                            + "\"/>");
            assertThat(edit("running", "", user("fred", "", "d"), told("last-modified")))
                    .contains("<ok ")
                    .contains(" txid:last-modified=\"20");
        }

        @Test
        void areMadeWhenNothingNamedChangedSince() throws Exception {
            // Given
            var known = newest();
            ok(edit("running", "", user("barney", "", "a")));
            // Then
            ok(edit("running", "", user("fred", " txid:etag='" + known + "'", "b")));
        }

        @Test
        void areRefusedWhenANodeChangedAfterItsTxid() throws Exception {
            // Given
            var known = newest();
            ok(edit("running", "", user("fred", "", "b")));
            var now = newest();
            // When
            var reply = edit("running", "", user("fred", " txid:etag='" + known + "'", "c"));
            // Then
            assertThat(reply)
                    .contains("<error-type>protocol</error-type>", "<error-tag>operation-failed</error-tag>")
                    .contains(
                            "<txid-value-mismatch-error-info xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-txid\">")
                    .contains("/example-config:top/example-config:users/example-config:user[example-config:name='fred']"
                            + "</mismatch-path>")
                    .contains("<mismatch-etag-value>" + now + "</mismatch-etag-value>");
            assertThat(read("running", "", "")).contains("<type>b</type>").doesNotContain("<type>c</type>");
        }

        @Test
        void ofTheWholeAreRefusedAfterAnyChange() throws Exception {
            // Given
            var known = newest();
            ok(edit("running", "", user("wilma", "", "b")));
            // Then
            assertThat(edit("running", " txid:etag='" + known + "'", user("fred", "", "c")))
                    .contains("<error-tag>operation-failed</error-tag>");
            ok(edit("running", " txid:etag='" + newest() + "'", user("fred", "", "c")));
        }

        @Test
        void areJudgedAlsoWhereNothingIsEdited() throws Exception {
            // Given
            var known = newest();
            ok(edit("running", "", user("wilma", "", "b")));
            // Then
            assertThat(guard(known)).contains("txid-value-mismatch-error-info");
            ok(guard(newest()));
        }

        /** An edit that does nothing, if the users are as somebody knows them. */
        private String guard(String known) throws Exception {
            return alice.rpc("<edit-config" + TXID
                    + "><target><running/></target><default-operation>none</default-operation><config><top xmlns='"
                    + ExampleData.NAMESPACE + "'><users txid:etag='" + known + "'/></top></config></edit-config>");
        }

        @Test
        void ofTheCandidateAreJudgedByTheCommit() throws Exception {
            // Given
            var known = newest();
            ok(edit("candidate", "", user("fred", " txid:etag='" + known + "'", "c")));
            ok(edit("running", "", user("fred", "", "b")));
            // Then
            assertThat(alice.rpc("<commit/>")).contains("txid-value-mismatch-error-info");
            ok(edit("candidate", "", user("fred", " txid:etag='" + newest() + "'", "c")));
            assertThat(alice.rpc("<commit>" + told("etag") + "</commit>"))
                    .contains(" txid:etag=\"" + newest() + "\"/></rpc-reply>");
            assertThat(read("running", "", "")).contains("<type>c</type>");
        }

        @Test
        void thatAreDiscardedLeaveNoConditionBehind() throws Exception {
            // Given
            ok(edit("candidate", "", user("fred", " txid:etag='" + newest() + "'", "c")));
            ok(edit("running", "", user("fred", "", "b")));
            // When
            ok(alice.rpc("<discard-changes/>"));
            // Then
            ok(edit("candidate", "", user("wilma", "", "c")));
            ok(alice.rpc("<commit/>"));
        }
    }
}
